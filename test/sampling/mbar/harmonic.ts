import { Random } from '../../../src/support/random.js';
import type { MbarInput } from '../../../src/sampling/mbar/index.js';

/** ½ a x² under windows ½ κ (x − c)², all in kT: every answer is a Gaussian's. */
export interface HarmonicWindows extends MbarInput {
  /** `[frames]` */
  x: Float64Array;
}

export interface HarmonicOptions {
  /** Of the potential; default 1. */
  a?: number;
  kappa: number;
  centres: readonly number[];
  /** Frames of each window. */
  counts: readonly number[];
  /** Correlation of a frame with the next: ρ(t) = correlation^t, inefficiency (1 + ρ)/(1 − ρ). Default 0. */
  correlation?: number;
  seed: number;
}

/** Exact frames: in a window x is Gaussian about κ c/(κ + a) with variance 1/(κ + a). */
export function harmonicWindows(options: HarmonicOptions): HarmonicWindows {
  const { a = 1, kappa, centres, counts, correlation = 0, seed } = options;
  const random = new Random(seed);
  const frames = counts.reduce((sum, count) => sum + count, 0);
  const [x, origin] = [new Float64Array(frames), new Int32Array(frames)];
  let frame = 0;
  centres.forEach((centre, state) => {
    let deviation = random.normal();
    for (let i = 0; i < counts[state]; i++, frame++) {
      x[frame] = (kappa * centre) / (kappa + a) + deviation / Math.sqrt(kappa + a);
      origin[frame] = state;
      deviation = correlation * deviation + Math.sqrt(1 - correlation ** 2) * random.normal();
    }
  });
  return {
    x,
    origin,
    states: centres.map((centre) => `window at ${centre}`),
    energies: centres.map((centre) => x.map((value) => 0.5 * kappa * (value - centre) ** 2)),
  };
}

/** Exact f of a window against the potential without one. */
export function exactWindow(a: number, kappa: number, centre: number): number {
  return 0.5 * Math.log((a + kappa) / a) + (0.5 * a * kappa * centre ** 2) / (a + kappa);
}
