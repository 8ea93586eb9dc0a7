/** How often a run crosses. */
export interface CrossingRate {
  crossings: number;
  nanoseconds: number;
  /** Crossings per ns. */
  rate: number;
  /** Standard error of the rate, √(g n)/T; `null` where nothing crossed. */
  error: number | null;
  /** Where nothing crossed: a rate above this would have crossed in 95 % of such runs, −ln(0.05)/T; else `null`. */
  below: number | null;
  /** g, by how much more than those of a Poisson process counts scatter: crossings that come in bursts count as fewer. */
  inefficiency: number;
  /** n/g: as many independent crossings tell as much. */
  independent: number;
}

const certainty = 0.95;

/**
 * The rate that a count says.
 * @param inefficiency see `inefficiencyOf`; 1 of a Poisson process
 */
export function crossingRate(crossings: number, nanoseconds: number, inefficiency = 1): CrossingRate {
  return {
    crossings,
    nanoseconds,
    rate: crossings / nanoseconds,
    error: crossings > 0 ? Math.sqrt(inefficiency * crossings) / nanoseconds : null,
    below: crossings > 0 ? null : -Math.log(1 - certainty) / nanoseconds,
    inefficiency,
    independent: crossings / inefficiency,
  };
}

/** Blocks of a run in which crossings are counted, and the first of them that are left out: the bias fills a well then. */
const [blocks, filling] = [10, 2];

/**
 * The variance of counts in blocks of time over their mean (Fano factor; Cox & Lewis, The Statistical Analysis of Series of Events, 1966,
 * index of dispersion), 1 of a Poisson process and never below.
 * @param events of each run, when it crossed, 0 to 1 of its length
 */
export function inefficiencyOf(events: readonly (readonly number[])[]): number {
  const counts = events.flatMap((own) => {
    const each = new Array<number>(blocks).fill(0);
    for (const at of own) each[Math.min(blocks - 1, Math.floor(at * blocks))]++;
    return each.slice(filling);
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (!(mean > 0)) return 1;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(1, variance / mean);
}

/**
 * By how many standard errors the rate of independent crossings `a` is above `b`, negative where it is below; 0 where neither crossed. Given
 * the sum of two Poisson counts, one of them is binomial with p = Tₐ/(Tₐ + T_b) where the rates are one (Przyborowski & Wilenski,
 * Biometrika 31, 313 (1940)), so that this is (nₐ − pn)/√(np(1 − p)).
 */
export function tellApart(a: CrossingRate, b: CrossingRate): number {
  const n = a.independent + b.independent;
  if (n === 0) return 0;
  const p = a.nanoseconds / (a.nanoseconds + b.nanoseconds);
  return (a.independent - p * n) / Math.sqrt(n * p * (1 - p));
}
