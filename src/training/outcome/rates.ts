import { digits } from '../../support/index.js';
import type { Learned } from '../learned.js';
import type { Prepared } from '../prepared.js';

/** What the record says of the eigenfunctions of a generator. */
export interface RatesRecord {
  /** Of each direction of the latent, 1/ps, slowest first. */
  rates?: number[];
  /** What dynamics they are of, in words. */
  ratesOf?: string;
  /** η of the loss, 1/ps. */
  rateShift?: number;
  /** About how many frames each rests on, where the eigenfunction changes. */
  rateCarriers?: number[];
  /** The widest part of each eigenfunction's range without a frame, with a hundredth of the frames on either side. */
  rateGaps?: number[];
}

/**
 * Rates with what they rest on; nothing of other methods.
 * @param cv the eigenfunctions of all frames, row-major `[frames, k]`
 */
export function ratesRecord(
  { method: { generator } }: Pick<Prepared, 'method'>,
  { eigenfunctions }: Pick<Learned, 'eigenfunctions'>,
  cv: Float64Array,
): RatesRecord {
  if (!generator || !eigenfunctions) return {};
  const { carriers, eigenvalues } = eigenfunctions;
  const k = eigenvalues.length;
  return {
    rates: eigenvalues,
    ratesOf: generator.dynamics,
    rateShift: generator.shift,
    rateCarriers: carriers.map(Math.round),
    rateGaps: eigenvalues.map((_, j) => widestGap(cv.filter((_, i) => i % k === j))),
  };
}

function widestGap(values: Float64Array): number {
  const sorted = values.toSorted();
  const range = sorted[sorted.length - 1] - sorted[0];
  const few = Math.ceil(sorted.length / 100);
  let widest = 0;
  for (let i = few; i < sorted.length - few; i++) widest = Math.max(widest, sorted[i + 1] - sorted[i]);
  return widest / range;
}

/** Fewer frames than so many, and a wider part of the range without one, do not hold an eigenfunction where it changes. */
const [fewest, widest] = [200, 0.2];

/** What to do where frames do not hold a rate; undefined where they do. */
export function looseRate({ rateCarriers = [], rateGaps = [] }: RatesRecord): string | undefined {
  const at = rateCarriers.findIndex((frames, i) => frames < fewest || rateGaps[i] > widest);
  if (at < 0) return undefined;
  const why =
    rateGaps[at] > widest
      ? `no frame lies in ${Math.round(100 * rateGaps[at])} % of its range, and it may jump there at no cost`
      : `it rests on about ${rateCarriers[at]} frames, those where it changes (${fewest} would do)`;
  return `the rate of node-${at} is not held by the frames, and likely too low: ${why}; frames of a run with a bias along it have more between its states`;
}

/** How far η may be from the geometric mean of the slowest and the fastest rate. */
const mostOff = 5;

/** What to do where η leaves some of several CVs hardly any part in the loss, and they are trained badly. */
export function unbalancedRates({ rates = [], rateShift }: RatesRecord): string | undefined {
  if (rates.length < 2 || rateShift === undefined) return undefined;
  const balanced = Math.sqrt(rates[0] * rates[rates.length - 1]);
  if (Math.max(rateShift / balanced, balanced / rateShift) < mostOff) return undefined;
  const badly = rateShift > balanced ? 'slowest CV (its rate may be far too high)' : 'fastest CV';
  return `η of ${digits(rateShift, 2)}/ps leaves the ${badly} hardly any part in the loss: with eta=${digits(balanced, 2)}, between the rates, all have one`;
}
