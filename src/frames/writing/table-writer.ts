import type { NewFile } from '../../support/index.js';
import type { Column } from '../dataset.js';

/** Writes rows to one file, which is beside its place, as they come. */
export interface TableWriter {
  /** Times `[frames]` in ps and values `[frames, columns]`. */
  rows(time: Float64Array, data: Float64Array): Promise<void>;
  /** To call once, after the last row: writes what was kept back, and lets go of the file. */
  end(): Promise<void>;
  /** What belongs to the table but does not fit into its file, by the ending of its own file's name. */
  beside?: { ending: string; text: string };
}

/** Shortest text that reads back bit for bit. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Text up to this length is gathered, so that not every row is a call. */
const textAtOnce = 1 << 16;

/** What rows of text have beside numbers. */
export interface TextCells {
  /** They have no times. */
  rows?: boolean;
  /** How the values of a column are written, where not as numbers. */
  cells?: readonly (((value: number) => string) | undefined)[];
}

/** Rows of text: the header, then one line a frame. */
export function textWriter(
  file: NewFile,
  header: string,
  { length }: readonly Column[],
  [before, between]: readonly [string, string],
  { rows: untimed = false, cells = [] }: TextCells = {},
): TableWriter {
  let text = header;
  const flush = async (): Promise<void> => {
    await file.write(text);
    text = '';
  };
  return {
    async rows(time, data) {
      for (let frame = 0; frame < time.length; frame++) {
        const row = Array.from(data.subarray(frame * length, (frame + 1) * length), (value, i) =>
          (cells[i] ?? numberText)(value),
        );
        text += `${before}${(untimed ? row : [numberText(time[frame]), ...row]).join(between)}\n`;
        if (text.length >= textAtOnce) await flush();
      }
    },
    end: flush,
  };
}
