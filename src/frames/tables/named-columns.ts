import { LatentcvError, shortList } from '../../support/index.js';
import type { TableReading } from './table.js';

const picoseconds: Record<string, number> = { fs: 1e-3, ps: 1, ns: 1e3, us: 1e6, µs: 1e6 };

/** `time`, `Time (ps)`, `time/ns`: ps per its unit, where it tells one; undefined for a column that is no time. */
function timeColumn(label: string): { unit?: number } | undefined {
  const [found, unit] = /^time(?:\s*[ (/[_]\s*(fs|ps|ns|us|µs)\s*[)\]]?)?$/i.exec(label.trim()) ?? [];
  if (found === undefined) return undefined;
  return unit === undefined ? {} : { unit: picoseconds[unit.toLowerCase()] };
}

/** The columns of a table from elsewhere, and how its rows tell their time. */
export interface NamedColumns {
  /** One for each column of the file; '' for a column that is left out, as the row numbers that pandas writes. */
  fields: readonly string[];
  /** Which of them is the time; -1 where none is. */
  time: number;
  /** Time of a row in the unit of the reading, by what its time column says, or by its number (from 0). */
  clock: (value: number) => number;
}

/**
 * What the columns of a file are called: as `names` says, else as the file does, else `x1`, `x2`, …
 * @param width columns of the file
 * @throws LatentcvError `bad-argument` where there are others than named
 */
export function namedColumns(
  path: string,
  width: number,
  told: readonly string[] | undefined,
  { names, timestep, timeUnit = 1, rows = false, onWarning }: TableReading,
): NamedColumns {
  const fields = names ?? told ?? Array.from({ length: width }, (_, i) => `x${i + 1}`);
  if (fields.length !== width) {
    throw new LatentcvError(
      'bad-argument',
      `expected ${width} names for the columns of ${path} but received ${fields.length}`,
      'name every column of the file with ‘names’, the time too',
    );
  }
  if (!names && !told)
    onWarning?.(`${path} names no columns: they are called x1, x2, … (‘names’ names them)`);
  // the first is where pandas has its row numbers
  const nameless = fields.flatMap((label, i) => (label === '' && i > 0 ? [i + 1] : []));
  if (nameless.length > 0)
    onWarning?.(`${path}: column ${shortList(nameless.map(String), 5)} has no name and is left out`);
  const time = rows ? -1 : fields.findIndex((label) => timeColumn(label) !== undefined);
  if (time >= 0) {
    const { unit } = timeColumn(fields[time])!;
    const scale = unit === undefined ? 1 : unit / timeUnit;
    return { fields, time, clock: (value) => value * scale };
  }
  if (timestep === undefined && !rows) onWarning?.(untimed(path, fields));
  const step = (timestep ?? 1) / timeUnit;
  return { fields, time, clock: (row) => row * step };
}

function untimed(path: string, fields: readonly string[]): string {
  const maybe = fields.find((label) => /^t(?![a-z])/i.test(label));
  const hint = maybe === undefined ? '' : `; where ${maybe} is the time, ‘names’ calls it so`;
  return `${path} has no column time: frames are taken as 1 ps apart (‘timestep’ says otherwise${hint})`;
}

/** Every column but the time and those without a name. */
export function labelsOf({ fields, time }: NamedColumns): string[] {
  return fields.filter((label, i) => label !== '' && i !== time);
}
