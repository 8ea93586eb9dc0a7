import { digits, plural } from '../support/index.js';

/** A number for people: fixed decimals and a real minus sign; an en dash where there is no number. */
export function fixed(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return value.toFixed(decimals).replace('-', '−');
}

/** `9.41 ± 0.52` */
export function withError(value: number | null, error: number | null | undefined, decimals = 2): string {
  const shown = fixed(value, decimals);
  return error === undefined || error === null || !Number.isFinite(error)
    ? shown
    : `${shown} ± ${fixed(error, decimals)}`;
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
