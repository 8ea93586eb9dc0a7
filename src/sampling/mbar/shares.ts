import type { Segment } from '../../frames/index.js';

/**
 * Some frames, each with the states that it may have come from: p_k(x_n) = N_k exp(f_k − u_k(x_n)) / Σ_l N_l exp(f_l − u_l(x_n)). Of
 * windows along a CV most shares are nothing, so only those that count are kept.
 */
export interface ShareTile {
  /** The first of them, and how many. */
  first: number;
  frames: number;
  /** Of each frame, how many states have a share. */
  counts: Int32Array;
  /** Which, and how large it is: those of the i-th frame from `i · width` on. */
  states: Int32Array;
  shares: Float64Array;
  width: number;
  /** Of each frame the logarithm of the sum over states. */
  logSum: Float64Array;
}

const tileFrames = 128;

/** A share of e^−40 of the largest is lost in the rounding of any sum that it is part of. */
export const smallestShare = -40;

/**
 * Goes through the frames of these ranges in small parts that stay in the processor's cache; the part is the same object
 * each time.
 * @param offsets f_k + ln N_k
 */
export function forEachShareTile(
  energies: readonly Float64Array[],
  offsets: Float64Array,
  ranges: readonly Segment[],
  visit: (tile: ShareTile) => void,
): void {
  const width = energies.length;
  const tile: ShareTile = {
    first: 0,
    frames: 0,
    counts: new Int32Array(tileFrames),
    states: new Int32Array(tileFrames * width),
    shares: new Float64Array(tileFrames * width),
    width,
    logSum: new Float64Array(tileFrames),
  };
  const [logs, highest] = [new Float64Array(tileFrames * width), new Float64Array(tileFrames)];
  for (const { start, end } of ranges)
    for (let first = start; first < end; first += tileFrames) {
      tile.first = first;
      tile.frames = Math.min(tileFrames, end - first);
      fillLogs(energies, offsets, tile, logs, highest);
      fillShares(tile, logs, highest);
      visit(tile);
    }
}

/** f_k + ln N_k − u_k `[state, frame]`, and the highest of each frame. */
function fillLogs(
  energies: readonly Float64Array[],
  offsets: Float64Array,
  { first, frames, width }: ShareTile,
  logs: Float64Array,
  highest: Float64Array,
): void {
  highest.fill(-Infinity);
  for (let state = 0; state < width; state++) {
    const [energy, offset, row] = [energies[state], offsets[state], state * tileFrames];
    for (let i = 0; i < frames; i++) {
      const log = offset - energy[first + i];
      logs[row + i] = log;
      if (log > highest[i]) highest[i] = log;
    }
  }
}

function fillShares(tile: ShareTile, logs: Float64Array, highest: Float64Array): void {
  const { frames, width, counts, states, shares, logSum } = tile;
  counts.fill(0);
  logSum.fill(0);
  for (let state = 0; state < width; state++) {
    const row = state * tileFrames;
    for (let i = 0; i < frames; i++) {
      const below = logs[row + i] - highest[i];
      if (below < smallestShare) continue;
      const share = Math.exp(below);
      const at = i * width + counts[i]++;
      states[at] = state;
      shares[at] = share;
      logSum[i] += share;
    }
  }
  for (let i = 0; i < frames; i++) {
    const from = i * width;
    for (let at = from; at < from + counts[i]; at++) shares[at] /= logSum[i];
    logSum[i] = highest[i] + Math.log(logSum[i]);
  }
}

/** What the equations need: Σ_n p_k, which is N_k where they hold, and Σ_n p_k p_l `[states, states]`. */
export interface ShareSums {
  totals: Float64Array;
  products: Float64Array;
}

export function shareSums(
  energies: readonly Float64Array[],
  offsets: Float64Array,
  ranges: readonly Segment[],
): ShareSums {
  const width = energies.length;
  const [totals, products] = [new Float64Array(width), new Float64Array(width * width)];
  forEachShareTile(energies, offsets, ranges, ({ frames, counts, states, shares }) => {
    for (let i = 0; i < frames; i++) {
      const [from, to] = [i * width, i * width + counts[i]];
      for (let a = from; a < to; a++) {
        const [share, row] = [shares[a], states[a] * width];
        totals[states[a]] += share;
        for (let b = from; b <= a; b++) products[row + states[b]] += share * shares[b];
      }
    }
  });
  for (let a = 0; a < width; a++)
    for (let b = 0; b < a; b++) products[b * width + a] = products[a * width + b];
  return { totals, products };
}
