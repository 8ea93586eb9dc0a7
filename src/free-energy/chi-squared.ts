/** Values with standard errors that should be of one quantity. */
export interface Agreement {
  /** Σ (xᵢ − x̄)² / σᵢ² about the mean weighted by 1/σᵢ². */
  chiSquared: number;
  degreesOfFreedom: number;
  /** Probability of a χ² as large or larger by chance. */
  p: number;
  /** Birge's ratio √(χ²/(R − 1)) where it exceeds 1, else 1 (Birge 1932, doi:10.1103/PhysRev.40.207). */
  birge: number;
}

/** Whether values agree within their errors; undefined for fewer than two. */
export function agreement(values: readonly number[], errors: readonly number[]): Agreement | undefined {
  const degreesOfFreedom = values.length - 1;
  if (degreesOfFreedom < 1) return undefined;
  const weights = errors.map((error) => 1 / error ** 2);
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = values.reduce((sum, value, i) => sum + (weights[i] * value) / total, 0);
  const chiSquared = values.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0);
  return {
    chiSquared,
    degreesOfFreedom,
    p: upperTail(chiSquared, degreesOfFreedom),
    birge: Math.max(1, Math.sqrt(chiSquared / degreesOfFreedom)),
  };
}

/**
 * Probability that χ² of k degrees of freedom exceeds x: 1 − P(k/2, x/2), P by its power series
 * (Abramowitz & Stegun 6.5.29).
 */
export function upperTail(x: number, k: number): number {
  if (!(x > 0)) return 1;
  const [a, z] = [k / 2, x / 2];
  let logTerm = a * Math.log(z) - z;
  // ln Γ(a + 1) by its recurrence from Γ(1) = 1 or Γ(1/2) = √π
  for (let b = a; b > 0; b--) logTerm -= b === 0.5 ? Math.log(0.5 * Math.sqrt(Math.PI)) : Math.log(b);
  let term = Math.exp(logTerm);
  let sum = term;
  for (let n = 1; term > 1e-17 * sum && n < 10_000; n++) {
    term *= z / (a + n);
    sum += term;
  }
  return Math.min(1, Math.max(0, 1 - sum));
}
