import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { columnOf, readPlumedTable } from './tables.js';

/** The times that a file must hold, each once: `first`, `first + every`, … up to `last`. */
export interface Times {
  first: number;
  every: number;
  last: number;
}

/** How far a time may be off: PLUMED prints six decimals, and GROMACS tells it the time step in single precision. */
const roundoff = (time: number): number => 2e-6 + 1e-7 * time;

/** At most so many problems of a kind are told. */
const shown = 5;

/**
 * What is wrong with the times of a file that PLUMED writes at a stride: there twice, out of order, missing, between
 * two strides, or a line that is no row. Empty where all is right.
 */
export function timeProblems(path: string, wanted: Times): string[] {
  if (!existsSync(path)) return [`${basename(path)} is not there`];
  const table = readPlumedTable(path);
  const problems = table.broken.map((line) => `a line is no row: ${line}`);
  const seen = new Map<number, number>();
  let before = -Infinity;
  for (const time of columnOf(table, 'time')) {
    const number = Math.round((time - wanted.first) / wanted.every);
    const off = Math.abs(wanted.first + number * wanted.every - time);
    if (off > roundoff(time)) problems.push(`time ${time} is none of the stride's`);
    else if (number < 0 || time > wanted.last + roundoff(time))
      problems.push(`time ${time} is outside of the run`);
    seen.set(number, (seen.get(number) ?? 0) + 1);
    if (time < before) problems.push(`time ${time} comes after ${before}`);
    before = time;
  }
  const count = Math.floor((wanted.last - wanted.first) / wanted.every + 1e-6) + 1;
  for (let number = 0; number < count; number++) {
    const found = seen.get(number) ?? 0;
    const time = wanted.first + number * wanted.every;
    if (found === 0) problems.push(`time ${time} is missing`);
    if (found > 1) problems.push(`time ${time} is there ${found} times`);
  }
  return told(problems).map((problem) => `${basename(path)}: ${problem}`);
}

function told(problems: readonly string[]): string[] {
  if (problems.length <= shown) return [...problems];
  return [...problems.slice(0, shown), `and ${problems.length - shown} more`];
}

/** The last row of a time in a file, by column; undefined where the time is not there. */
export function rowAt(path: string, time: number): Record<string, number> | undefined {
  const table = readPlumedTable(path);
  const at = columnOf(table, 'time').findLastIndex((each) => Math.abs(each - time) <= roundoff(time));
  if (at < 0) return undefined;
  return Object.fromEntries(table.fields.map((field, i) => [field, table.rows[at][i]]));
}

/** The largest difference of two tables, row by row, of the columns that are named; Infinity where rows are missing. */
export function largestDifference(path: string, other: string, columns: readonly string[]): number {
  const [one, two] = [path, other].map(readPlumedTable);
  if (one.rows.length !== two.rows.length) return Infinity;
  const differences = columns.flatMap((name) => {
    const those = columnOf(two, name);
    return columnOf(one, name).map((value, i) => Math.abs(value - those[i]));
  });
  return differences.reduce((most, each) => Math.max(most, Number.isNaN(each) ? Infinity : each), 0);
}
