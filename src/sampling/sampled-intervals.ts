import type { Column } from '../frames/index.js';
import { LatentcvError, digits, rounded } from '../support/index.js';
import type { Interval } from './intervals.js';

/** An interval of a column, as a basin or a core is given. */
export interface NamedInterval {
  /** What it is, for messages: `basin B`, `core A`. */
  what: string;
  column: Column;
  interval: Interval;
}

/** Part of a domain that an end may lie beyond it by rounding. */
const rounding = 1e-3;

export const shown = (value: number): string =>
  Number.isFinite(value) ? digits(value, 6) : value > 0 ? 'inf' : '-inf';
const inWords = ({ column, interval }: NamedInterval): string =>
  `${column.label}=${shown(interval[0])}..${shown(interval[1])}`;

/**
 * Refuses an interval that no value of its column can lie in as it is meant: ends beyond the column's domain, or, where it
 * is not periodic, ends the wrong way round. Infinite ends mean all that there is on that side.
 * @throws LatentcvError `bad-argument`
 */
export function expectInDomain(of: NamedInterval): void {
  const { column, interval } = of;
  const { period } = column;
  if (!period) return expectOrder(of);
  const slack = rounding * (period[1] - period[0]);
  const beyond = interval.find(
    (end) => Number.isFinite(end) && (end < period[0] - slack || end > period[1] + slack),
  );
  if (beyond === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${of.what} within ${shown(period[0])} to ${shown(period[1])}, the domain of ${column.label}, but received ${inWords(of)}`,
    inRadians(of) ?? 'an interval through the end of the domain is given as 2.8..-2.8',
  );
}

function expectOrder(of: NamedInterval): void {
  if (of.interval[0] < of.interval[1]) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ${of.what} from a lower to a higher value of ${of.column.label} but received ${inWords(of)}`,
    `${of.column.label} has no period that such an interval could go through: ‘periodic’ says one, or turn the ends round`,
  );
}

/** What an interval in degrees is in radians. */
function inRadians({ column, interval }: NamedInterval): string | undefined {
  const [lower, upper] = column.period!;
  if (Math.abs(upper - lower - 2 * Math.PI) > 0.01) return undefined;
  if (!interval.some((end) => Number.isFinite(end) && Math.abs(end) > 2 * Math.PI)) return undefined;
  const ends = interval.map((end) => shown(rounded((end * Math.PI) / 180, 4)));
  return `is it in degrees? The column is in radians: ${column.label}=${ends.join('..')}`;
}
