/** Parts of the rows that intervals are made for. */
export const intervalLevels = [0.5, 0.68, 0.8, 0.9, 0.95] as const;
/** The level that is told, and that predict takes unasked. */
export const usualLevel = 0.9;

/** An interval about a prediction: it holds the measured value in `level` of the rows like those that it was made from. */
export interface PredictionInterval {
  level: number;
  /** In the property's unit, of a row of mean spread where intervals go by it; null where there are too few rows for the level. */
  halfWidth: number | null;
  /** Part of rows that it held, each by an interval made from rows of other folds. */
  coverage: number | null;
}

/** Intervals of one property at all levels. */
export interface ConformalIntervals {
  intervals: PredictionInterval[];
  /**
   * Mean spread of an ensemble's members on the rows that the intervals were made from: a row's interval is wider or narrower by its own
   * (`relativeWidth`). Absent where all rows have the same.
   */
  spread?: number;
}

/** Errors of n rows that were not learned from. */
export interface HeldOutErrors {
  /** In the property's unit. */
  errors: ArrayLike<number>;
  /** Which fold each row is of, from 0. */
  folds: ArrayLike<number>;
  /** How far the members of an ensemble, none of which has seen the row, disagree on it, in the property's unit. */
  spread?: ArrayLike<number>;
}

/**
 * A row's half width in that of a row of mean spread: (1 + spread / mean spread) / 2. What is added keeps the intervals of rows on
 * which all members happen to agree from closing, as in the normalised scores of Papadopoulos, Vovk & Gammerman 2011
 * (doi:10.1613/jair.3198).
 */
export const relativeWidth = (spread: number, mean: number): number => (1 + spread / mean) / 2;

/**
 * Conformal intervals from errors on rows that were not learned from (split conformal prediction, Lei et al. 2018,
 * doi:10.1080/01621459.2017.1307116; with the errors of folds as in cross-conformal prediction, Vovk 2015,
 * doi:10.1007/s10472-013-9368-4): the half width is the ⌈(n + 1) level⌉-th smallest absolute error. Where the spread of an ensemble is
 * known, errors count by the width that it gives a row (section 5.2 of Lei et al.), unless that makes the intervals of 90 % wider on the
 * whole: then the spread knows nothing of the errors.
 */
export function conformalIntervals({ errors, folds, spread }: HeldOutErrors): ConformalIntervals {
  const sizes = Array.from(errors, Math.abs);
  const constant = intervalsOf(sizes, folds);
  const mean = spread && average(Array.from(spread));
  if (!spread || !mean || !Number.isFinite(mean)) return { intervals: constant };
  const scores = sizes.map((size, i) => size / relativeWidth(spread[i], mean));
  const scaled = intervalsOf(scores, folds);
  // over these rows, the mean of relative widths is one
  const [before, after] = [constant, scaled].map((all) => widthAt(all, usualLevel));
  return before !== null && after !== null && after <= before
    ? { intervals: scaled, spread: mean }
    : { intervals: constant };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);

const widthAt = (intervals: readonly PredictionInterval[], level: number): number | null =>
  intervals.find((each) => each.level === level)?.halfWidth ?? null;

const intervalsOf = (scores: readonly number[], folds: ArrayLike<number>): PredictionInterval[] =>
  intervalLevels.map((level) => ({
    level,
    halfWidth: conformalQuantile(scores, level),
    coverage: coverageOf(scores, folds, level),
  }));

/** The ⌈(n + 1) level⌉-th smallest of n scores; null where that is beyond the last. */
export function conformalQuantile(scores: readonly number[], level: number): number | null {
  const rank = Math.ceil((scores.length + 1) * level);
  if (rank > scores.length) return null;
  return scores.toSorted((a, b) => a - b)[rank - 1];
}

/** Part of the scores of each fold below the quantile of the others, mean over all rows. */
function coverageOf(scores: readonly number[], folds: ArrayLike<number>, level: number): number | null {
  let held = 0;
  for (const fold of new Set(Array.from(folds))) {
    const width = conformalQuantile(
      scores.filter((_, i) => folds[i] !== fold),
      level,
    );
    if (width === null) return null;
    held += scores.filter((score, i) => folds[i] === fold && score <= width).length;
  }
  return held / scores.length;
}
