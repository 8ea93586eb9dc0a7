import { expectNumbers } from '../support/index.js';
import {
  between,
  type Replica,
  framesIn,
  type Numbers,
  thermalEnergy,
  type WeightedSample,
  expectSample,
} from '../sampling/index.js';
import type { Segment } from '../frames/index.js';

/** How the bias at fixed CV changed from the first half of the kept frames to the second; kJ/mol. */
export interface BiasDrift {
  /** Root mean square over the CV, less the mean change, which weighs nothing; the largest of the runs'. */
  rms: number;
  /** Run by run; NaN where no stretch of the CV was visited in both halves. */
  runs: { source: string; rms: number }[];
}

/** Of all CVs together, by their number: 100 of one, 30 × 30 of two, … */
const binsEach = (cvs: number): number => (cvs === 1 ? 100 : Math.max(3, Math.round(900 ** (1 / cvs))));
/** A bin counts where each side has so many frames. */
const fewest = 10;

/** Mean bias by bin of the CVs. */
interface BiasByCv {
  mean: Float64Array;
  frames: Float64Array;
}

/**
 * The bias is taken from the weights, V = kT ln w up to a constant of each run. For a static bias along the CV the drift is
 * 0; where the bias follows other variables, it is the noise of their averages, so that a bias along two CVs is looked at along both.
 * @param cv `[frames]`, or several of them
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function biasDrift(cv: Numbers | readonly Numbers[], sample: WeightedSample): BiasDrift {
  const cvs = severalOf(cv);
  cvs.forEach((each) => expectNumbers(each, 'cv'));
  expectSample(sample, cvs[0].length);
  const bin = binner(cvs, sample.ranges);
  const kT = thermalEnergy(sample.temperature);
  const runs = sample.replicas.map(({ source, ranges }) => {
    const half = Math.floor(framesIn(ranges) / 2);
    const [first, second] = [between(ranges, 0, half), between(ranges, half, Infinity)].map((part) =>
      biasByCv(sample.weights, part, bin),
    );
    return { source, rms: kT * (difference(first, second) ?? NaN) };
  });
  const known = runs.map(({ rms }) => rms).filter((rms) => !Number.isNaN(rms));
  return { rms: known.length > 0 ? Math.max(...known) : NaN, runs };
}

/** In kT: a bias that changes less than this at fixed CV is static, … */
const staticBelow = 0.1;
/** … and two that differ by more than this are not the same. */
const sameBelow = 1;

/**
 * Runs whose biases stayed as they were but are not the same, such as umbrella windows: pooled by exp(V/kT) they say
 * nothing. Undefined where there are none; else two of them.
 */
export function differingStaticBiases(
  cv: Numbers,
  sample: WeightedSample,
): readonly [Replica, Replica] | undefined {
  const { replicas, weights, temperature } = sample;
  if (replicas.length < 2) return undefined;
  const kT = thermalEnergy(temperature);
  const { runs } = biasDrift(cv, sample);
  if (runs.some(({ rms }) => rms >= staticBelow * kT)) return undefined;
  // runs too short to be judged count neither way
  const still = replicas.filter((_, i) => !Number.isNaN(runs[i].rms));
  const bin = binner([cv], sample.ranges);
  const biases = still.map(({ ranges }) => biasByCv(weights, ranges, bin));
  for (let i = 1; i < still.length; i++) {
    const change = difference(biases[i - 1], biases[i]);
    if (change === undefined || change > sameBelow) return [still[i - 1], still[i]];
  }
  return undefined;
}

const severalOf = (cv: Numbers | readonly Numbers[]): readonly Numbers[] =>
  Array.isArray(cv) && typeof cv[0] !== 'number' ? (cv as readonly Numbers[]) : [cv as Numbers];

/** Bins of equal width over the kept frames. */
interface Bins {
  count: number;
  of: (frame: number) => number;
}

function binner(cvs: readonly Numbers[], ranges: readonly Segment[]): Bins {
  const each = binsEach(cvs.length);
  const axes = cvs.map((cv) => {
    let [lower, upper] = [Infinity, -Infinity];
    for (const { start, end } of ranges) {
      for (let frame = start; frame < end; frame++) {
        if (cv[frame] < lower) lower = cv[frame];
        if (cv[frame] > upper) upper = cv[frame];
      }
    }
    const scale = upper > lower ? each / (upper - lower) : 0;
    return (frame: number) => Math.min(each - 1, Math.floor((cv[frame] - lower) * scale));
  });
  return {
    count: each ** cvs.length,
    of: (frame) => axes.reduce((bin, axis) => bin * each + axis(frame), 0),
  };
}

/** Mean of ln w. */
function biasByCv(weights: Numbers, ranges: readonly Segment[], { count, of }: Bins): BiasByCv {
  const by: BiasByCv = { mean: new Float64Array(count), frames: new Float64Array(count) };
  for (const { start, end } of ranges) {
    for (let frame = start; frame < end; frame++) {
      if (!(weights[frame] > 0)) continue; // beyond what exp can tell
      const at = of(frame);
      by.frames[at]++;
      by.mean[at] += (Math.log(weights[frame]) - by.mean[at]) / by.frames[at];
    }
  }
  return by;
}

/** Root mean square of b − a over bins that both visited, less its mean; undefined where there are none. */
function difference(a: BiasByCv, b: BiasByCv): number | undefined {
  let [total, mean, squares] = [0, 0, 0];
  for (let i = 0; i < a.mean.length; i++) {
    const frames = Math.min(a.frames[i], b.frames[i]);
    if (frames < fewest) continue;
    const change = b.mean[i] - a.mean[i];
    total += frames;
    const before = change - mean;
    mean += (frames / total) * before;
    squares += frames * before * (change - mean);
  }
  return total > 0 ? Math.sqrt(squares / total) : undefined;
}
