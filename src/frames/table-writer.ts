import { open, type FileHandle } from 'node:fs/promises';
import type { Column } from './dataset.js';

/** Writes rows to one file as they come. */
export interface TableWriter {
  /** Times `[frames]` in ps and values `[frames, columns]`. */
  rows(time: Float64Array, data: Float64Array): Promise<void>;
  /** To call once, after the last row. */
  close(): Promise<void>;
  /** What belongs to the table but does not fit into its file, by the ending of its own file's name. */
  beside?: { ending: string; text: string };
}

/** Shortest text that reads back bit for bit. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Gathers text up to some length, so that not every row is a call. */
class TextFile {
  private text = '';
  constructor(private readonly file: FileHandle) {}

  async add(text: string): Promise<void> {
    this.text += text;
    if (this.text.length >= 1 << 16) await this.flush();
  }

  async close(): Promise<void> {
    await this.flush();
    await this.file.close();
  }

  private async flush(): Promise<void> {
    await this.file.writeFile(this.text);
    this.text = '';
  }
}

/** Rows of text: the header, then one line a frame. */
export async function textWriter(
  path: string,
  header: string,
  { length }: readonly Column[],
  [before, between]: readonly [string, string],
): Promise<TableWriter> {
  const file = new TextFile(await open(path, 'w'));
  await file.add(header);
  return {
    async rows(time, data) {
      for (let frame = 0; frame < time.length; frame++) {
        const row = Array.from(data.subarray(frame * length, (frame + 1) * length), numberText);
        await file.add(`${before}${[numberText(time[frame]), ...row].join(between)}\n`);
      }
    },
    close: () => file.close(),
  };
}
