import { digits, fixed as plainFixed, plural, withError } from '../support/index.js';

/** A number for people: fixed decimals and a real minus sign; an en dash where there is no number. */
export function fixed(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return plainFixed(value, decimals).replace('-', '−');
}

/** `9.41 ± 0.52` */
export function estimate(value: number | null, error: number | null | undefined, decimals = 2): string {
  return withError(value ?? NaN, error, decimals, fixed);
}

/** A number with at most so many significant digits and no trailing zeros: `0.1`, `72`, `1.25`. */
export function compact(value: number, most = 3): string {
  if (!Number.isFinite(value)) return '–';
  return digits(value, most).replace('-', '−');
}

/** `3 crossings`, `1 crossing`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${plural(number, noun)}`;
}

/** Paths without the folders that all of them share. */
export function withoutCommonEnds(names: readonly string[]): string[] {
  const words = names.map((name) => name.split('/'));
  let front = 0;
  while (words.every((each) => each.length > front + 1 && each[front] === words[0][front])) front++;
  let back = 0;
  while (
    words.length > 1 &&
    words.every((each) => each.length > front + back + 1 && each.at(-1 - back) === words[0].at(-1 - back))
  )
    back++;
  return words.map((each) => each.slice(front, each.length - back).join('/'));
}
