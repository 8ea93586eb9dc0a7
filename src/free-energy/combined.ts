import { fixed, significant } from '../support/index.js';
import type { NamedDeltaF } from './answer.js';
import { agreement, type Agreement } from './chi-squared.js';
import { leastAgreement } from './delta-f.js';

/** ΔF by one of several independent estimates. */
export interface EstimatedDeltaF {
  /** What it is of: the windows, a run. */
  source: string;
  value: number | null;
  error: number | null;
}

/** ΔF of several independent estimates; energies in kJ/mol. */
export interface CombinedDeltaF {
  from: string;
  to: string;
  estimates: EstimatedDeltaF[];
  /** Weighted by 1/error²; null where they do not agree, or fewer than two have an error. */
  value: number | null;
  error: number | null;
  /** Why there is no value. */
  reason: string | null;
  agreement: Agreement | null;
}

/**
 * Combines independent estimates of the same differences, weighted by the inverse of their variances, after a χ² test: those that
 * differ by more than their errors explain (p < 0.01) are no estimates of one quantity, and are not made one number.
 * @param sources each with ΔF of every two states, in the same order
 */
export function combinedDeltaFs(
  sources: readonly { source: string; deltaFs: readonly NamedDeltaF[] }[],
): CombinedDeltaF[] {
  const [first] = sources;
  return first.deltaFs.map(({ from, to }, pair) =>
    combined(
      { from, to },
      sources.map(({ source, deltaFs: { [pair]: own } }) => ({ source, value: own.value, error: own.error })),
    ),
  );
}

function combined(pair: Pick<CombinedDeltaF, 'from' | 'to'>, estimates: EstimatedDeltaF[]): CombinedDeltaF {
  const known = estimates.filter(({ value, error }) => value !== null && error !== null && error > 0);
  const [values, errors] = [known.map(({ value }) => value!), known.map(({ error }) => error!)];
  const agreed = agreement(values, errors) ?? null;
  const none = { ...pair, estimates, agreement: agreed, value: null, error: null };
  if (!agreed)
    return {
      ...none,
      reason: `not combined: ${known.length} of ${estimates.length} estimates have an error`,
    };
  if (agreed.p < leastAgreement)
    return {
      ...none,
      reason: `not combined: the estimates differ by more than their errors explain (χ² = ${fixed(agreed.chiSquared, 1)} for ${known.length}, p ${agreed.p < 1e-6 ? '< 1e-6' : `= ${significant(agreed.p, 1)}`})`,
    };
  const weights = errors.map((error) => 1 / error ** 2);
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    ...none,
    value: values.reduce((sum, value, i) => sum + (weights[i] * value) / total, 0),
    error: 1 / Math.sqrt(total),
    reason: null,
  };
}
