/** Parts of the rows that intervals are made for. */
export const intervalLevels = [0.5, 0.68, 0.8, 0.9, 0.95] as const;
/** The level that is told, and that predict takes unasked. */
export const usualLevel = 0.9;

/** An interval about a prediction: it holds the measured value in `level` of the rows like those that it was made from. */
export interface PredictionInterval {
  level: number;
  /** In the property's unit; null where there are too few rows for the level. */
  halfWidth: number | null;
  /** Part of rows that it held, each by an interval made from rows of other folds. */
  coverage: number | null;
}

/**
 * Conformal intervals from errors on rows that were not learned from (split conformal prediction, Lei et al. 2018,
 * doi:10.1080/01621459.2017.1307116; with the errors of folds as in cross-conformal prediction, Vovk 2015,
 * doi:10.1007/s10472-013-9368-4): the half width is the ⌈(n + 1) level⌉-th smallest absolute error.
 * @param errors of n rows, in the property's unit
 * @param folds which fold each row is of, from 0
 */
export function conformalIntervals(
  errors: ArrayLike<number>,
  folds: ArrayLike<number>,
): PredictionInterval[] {
  const sizes = Array.from(errors, Math.abs);
  return intervalLevels.map((level) => ({
    level,
    halfWidth: conformalQuantile(sizes, level),
    coverage: coverageOf(sizes, folds, level),
  }));
}

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
