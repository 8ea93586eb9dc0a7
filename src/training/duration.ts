import { invalidArgument } from '../support/index.js';

/** A time: a number is in ps; or with its unit, `10ps`, `0.5ns`. */
export type Duration = number | `${number}${'' | ' '}${'fs' | 'ps' | 'ns' | 'us'}`;

const perUnit: Readonly<Record<string, number>> = { fs: 1e-3, ps: 1, ns: 1e3, us: 1e6 };

/**
 * A time in ps; what is no text stays as it is.
 * @param name what the time is called where it was given
 * @throws LatentcvError `bad-argument` for a text that is no time
 */
export function inPicoseconds(time: Duration | undefined, name: string): number | undefined {
  if (typeof time !== 'string') return time;
  const [, digits, unit] = /^([\d.]+(?:e[-+]?\d+)?) ?(fs|ps|ns|us)$/i.exec(time.trim()) ?? [];
  const value = Number(digits) * (perUnit[unit?.toLowerCase()] ?? NaN);
  if (Number.isFinite(value)) return value;
  throw invalidArgument('a number of ps or a time such as 10ps or 5ns', name, time);
}
