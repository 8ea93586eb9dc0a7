import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** What PLUMED wrote in a file, as it stands there: rows are told apart only by what is in them. */
export interface PlumedTable {
  fields: readonly string[];
  rows: readonly (readonly number[])[];
  /** Lines that are no row: too short, too long, or with a word that is no number. */
  broken: readonly string[];
}

/** Reads COLVAR, HILLS, KERNELS, … without mending anything: what is there twice comes twice. */
export function readPlumedTable(path: string): PlumedTable {
  let fields: readonly string[] = [];
  const rows: number[][] = [];
  const broken: string[] = [];
  const text = readFileSync(path, 'utf8');
  for (const line of text.split('\n')) {
    if (line.startsWith('#! FIELDS ')) fields = line.trim().split(/\s+/).slice(2);
    if (line.startsWith('#') || line.trim() === '') continue;
    const words = line.trim().split(/\s+/);
    const row = words.map(Number);
    if (words.length === fields.length && numbersOf(fields, row).every(Number.isFinite)) rows.push(row);
    else broken.push(line);
  }
  if (text !== '' && !text.endsWith('\n')) broken.push('the last line has no end');
  return { fields, rows, broken };
}

/** HILLS has a column of words (`multivariate`: `false`). */
const numbersOf = (fields: readonly string[], row: readonly number[]): number[] =>
  row.filter((_, i) => fields[i] !== 'multivariate');

/** @throws Error where the table has no such column */
export function columnOf({ fields, rows }: PlumedTable, name: string): number[] {
  const at = fields.indexOf(name);
  if (at < 0) throw new Error(`expected a column ${name} but there are ${fields.join(', ')}`);
  return rows.map((row) => row[at]);
}

/** The time of the last whole row of a file that may still be written; 0 where there is none yet. */
export function lastTime(path: string): number {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return 0;
  }
  const end = Buffer.alloc(4096);
  const { size } = fstatSync(file);
  const length = readSync(file, end, 0, end.length, Math.max(0, size - end.length));
  closeSync(file);
  const rows = [...end.toString('utf8', 0, length).matchAll(/(?:^|\n) *([-+.\de]+) [^\n#]*(?=\n)/g)];
  return Number(rows.at(-1)?.[1] ?? 0);
}
