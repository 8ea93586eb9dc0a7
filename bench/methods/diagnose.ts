import type { Dataset } from '../../src/index.js';
import { stateOf } from './frames.js';

/** What training frames say of one CV. */
export interface Diagnosis {
  /** Mean of the parts of each state's frames that the best threshold puts on the right side. */
  balancedAccuracy: number;
  /** Autocorrelation of the CV at 10 ps. */
  autocorrelation: number;
  /** Part of the CV's variance that lies between the two states. */
  betweenStates: number;
}

const lag = 10;

export function diagnose(cv: Float64Array, { time, segments }: Dataset, phi: Float64Array): Diagnosis {
  const state = Int8Array.from(phi, stateOf);
  return {
    balancedAccuracy: balancedAccuracy(cv, state),
    autocorrelation: autocorrelationAt(cv, time, segments),
    betweenStates: betweenStates(cv, state),
  };
}

/** Over all thresholds, either side. */
function balancedAccuracy(cv: Float64Array, state: Int8Array): number {
  const order = [...cv.keys()].filter((i) => state[i] >= 0).sort((a, b) => cv[a] - cv[b]);
  const total = [0, 1].map((s) => order.filter((i) => state[i] === s).length);
  const below = [0, 0];
  let best = 0.5;
  for (const i of order) {
    below[state[i]]++;
    const right = (below[0] / total[0] + 1 - below[1] / total[1]) / 2;
    best = Math.max(best, right, 1 - right);
  }
  return best;
}

function autocorrelationAt(cv: Float64Array, time: Float64Array, segments: Dataset['segments']): number {
  const mean = cv.reduce((sum, value) => sum + value / cv.length, 0);
  const frames = Math.round(lag / (time[1] - time[0]));
  let [product, square, count] = [0, 0, 0];
  for (const { start, end } of segments) {
    for (let i = start; i + frames < end; i++) {
      const [a, b] = [cv[i] - mean, cv[i + frames] - mean];
      product += a * b;
      square += (a * a + b * b) / 2;
      count++;
    }
  }
  return count > 0 ? product / square : NaN;
}

function betweenStates(cv: Float64Array, state: Int8Array): number {
  const all = moments(cv.filter((_, i) => state[i] >= 0));
  const within = [0, 1].map((s) => moments(cv.filter((_, i) => state[i] === s)));
  const inside = within.reduce((sum, { count, variance }) => sum + (count / all.count) * variance, 0);
  return 1 - inside / all.variance;
}

function moments(values: Float64Array): { count: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
  return { count: values.length, variance };
}
