import { reach } from './axes/index.js';

/** How far the ends of the coordinate are from a grid point, in bandwidths; infinite where there is none. */
export type Ends = readonly [lower: number, upper: number];

/** Steeper than this many kT per bandwidth nothing is taken to be. */
const steepest = 6;

export interface LocalFit {
  /** ln of the density per bandwidth. */
  logDensity: number;
  /** Its derivatives by the moments, `[moments]`. */
  factors: number[];
}

/**
 * The density at a point from what lies under a Gaussian kernel around it: its sum and its first moment along each
 * axis, in bandwidths. The density near the point is taken as `a exp(b t)`, and a and b are such that it has
 * the same moments under the kernel, between the ends of the coordinate: the local likelihood of Loader 1996
 * (doi:10.1214/aos/1032298287) and Hjort & Jones 1996 (doi:10.1214/aos/1032298288) for a log-linear density.
 *
 * Far from an end this is `f exp(−m²/2)`, f the ordinary kernel estimate and m the mean of what lies under the kernel.
 * It is positive, exact wherever the free energy is a straight line, up to and at a hard wall, and off by
 * `h² F″/2` where it is curved.
 */
export function fitLocally(moments: readonly number[], ends: readonly Ends[]): LocalFit {
  const [mass, ...firsts] = moments;
  const fit: LocalFit = { logDensity: Math.log(mass), factors: [1 / mass] };
  firsts.forEach((first, axis) => {
    const mean = first / mass;
    const { logMass, variance } = slopeWithMean(mean, ends[axis]);
    fit.logDensity -= logMass;
    fit.factors[0] += mean ** 2 / variance / mass;
    fit.factors.push(-mean / variance / mass);
  });
  return fit;
}

/** `exp(b t − t²/2)` between the ends: the logarithm of its integral, its mean and variance. */
interface Tilted {
  logMass: number;
  mean: number;
  variance: number;
}

const logNormal = 0.5 * Math.log(2 * Math.PI);

/** The one whose mean is this; the nearest that is not steeper than `steepest`. */
function slopeWithMean(mean: number, ends: Ends): Tilted {
  const held = (slope: number) => Math.max(-steepest, Math.min(steepest, slope));
  if (ends[0] < -reach && ends[1] > reach) {
    const slope = held(mean);
    return { logMass: slope ** 2 / 2 + logNormal, mean: slope, variance: 1 };
  }
  // The mean rises with the slope, so that bisection holds what Newton's step may miss.
  let [low, high, slope] = [-steepest, steepest, held(mean)];
  for (let step = 0; ; step++) {
    const tilted = tiltedNormal(slope, ends);
    const excess = tilted.mean - mean;
    if (step === 60 || Math.abs(excess) < 1e-10 || high - low < 1e-10) return tilted;
    if (excess > 0) high = slope;
    else low = slope;
    const next = slope - excess / tilted.variance;
    slope = next > low && next < high ? next : (low + high) / 2;
  }
}

const parts = 128;

/** By Simpson's rule over what the kernel reaches. */
function tiltedNormal(slope: number, ends: Ends): Tilted {
  const [lower, upper] = [Math.max(-reach, ends[0]), Math.min(reach, ends[1])];
  const step = (upper - lower) / parts;
  let [mass, first, second] = [0, 0, 0];
  for (let i = 0; i <= parts; i++) {
    const t = lower + i * step;
    const value = Math.exp(t * (slope - t / 2)) * (i === 0 || i === parts ? 1 : i % 2 ? 4 : 2);
    mass += value;
    first += value * t;
    second += value * t * t;
  }
  const mean = first / mass;
  return { logMass: Math.log((mass * step) / 3), mean, variance: second / mass - mean * mean };
}
