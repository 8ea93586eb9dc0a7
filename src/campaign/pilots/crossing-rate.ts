/** How often a run crosses. */
export interface CrossingRate {
  crossings: number;
  nanoseconds: number;
  /** Crossings per ns. */
  rate: number;
  /** Standard error of the rate, √n/T, as of a Poisson process; `null` where nothing crossed. */
  error: number | null;
  /** Where nothing crossed: a rate above this would have crossed in 95 % of such runs, −ln(0.05)/T; else `null`. */
  below: number | null;
}

const certainty = 0.95;

/** The rate that a count says. */
export function crossingRate(crossings: number, nanoseconds: number): CrossingRate {
  return {
    crossings,
    nanoseconds,
    rate: crossings / nanoseconds,
    error: crossings > 0 ? Math.sqrt(crossings) / nanoseconds : null,
    below: crossings > 0 ? null : -Math.log(1 - certainty) / nanoseconds,
  };
}

/**
 * By how many standard errors the rate `a` is above `b`, negative where it is below; 0 where neither crossed. Given the sum of two Poisson
 * counts, one of them is binomial with p = Tₐ/(Tₐ + T_b) where the rates are one (Przyborowski & Wilenski, Biometrika 31, 313
 * (1940)), so that this is (nₐ − pn)/√(np(1 − p)).
 */
export function tellApart(a: CrossingRate, b: CrossingRate): number {
  const n = a.crossings + b.crossings;
  if (n === 0) return 0;
  const p = a.nanoseconds / (a.nanoseconds + b.nanoseconds);
  return (a.crossings - p * n) / Math.sqrt(n * p * (1 - p));
}
