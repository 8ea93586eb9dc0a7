import { expectNumbers } from '../support/index.js';
/** How well one CV tells two known states apart. */
export interface StateSeparation {
  /** Mean of the parts of each state's frames that the best threshold puts on the right side. */
  balancedAccuracy: number;
  /** Part of the CV's variance that lies between the states. */
  betweenStates: number;
}

/**
 * Of a CV `[frames]` and the state of each frame, 0 or 1; frames of another state are left out.
 * Undefined where a state has no frame.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function stateSeparation(cv: Float64Array, state: ArrayLike<number>): StateSeparation | undefined {
  expectNumbers(cv, 'cv');
  expectNumbers(state, 'state', cv.length);
  const frames = [...cv.keys()].filter((i) => state[i] === 0 || state[i] === 1);
  const sizes = [0, 1].map((s) => frames.filter((i) => state[i] === s).length);
  if (sizes.includes(0)) return undefined;
  return {
    balancedAccuracy: balancedAccuracy(cv, state, frames, sizes),
    betweenStates: betweenStates(cv, state, frames, sizes),
  };
}

/** Over all thresholds between frames of different values, either side. */
function balancedAccuracy(
  cv: Float64Array,
  state: ArrayLike<number>,
  frames: readonly number[],
  sizes: readonly number[],
): number {
  const order = [...frames].sort((a, b) => cv[a] - cv[b]);
  const below = [0, 0];
  let best = 0.5;
  order.forEach((frame, rank) => {
    below[state[frame]]++;
    if (cv[frame] === cv[order[rank + 1]]) return;
    const right = (below[0] / sizes[0] + 1 - below[1] / sizes[1]) / 2;
    best = Math.max(best, right, 1 - right);
  });
  return best;
}

function betweenStates(
  cv: Float64Array,
  state: ArrayLike<number>,
  frames: readonly number[],
  sizes: readonly number[],
): number {
  const means = [0, 1].map((s) =>
    frames.reduce((sum, i) => sum + (state[i] === s ? cv[i] / sizes[s] : 0), 0),
  );
  const mean = (means[0] * sizes[0] + means[1] * sizes[1]) / frames.length;
  const within = frames.reduce((sum, i) => sum + (cv[i] - means[state[i]]) ** 2, 0);
  const all = frames.reduce((sum, i) => sum + (cv[i] - mean) ** 2, 0);
  return 1 - within / all;
}
