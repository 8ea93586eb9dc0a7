import type { Segment } from '../../frames/index.js';
import {
  framesIn,
  Influences,
  splitIntoBlocks,
  statisticalInefficiency,
  windowBlocks,
  windowVariance,
  type MbarFrames,
  type Numbers,
} from '../../sampling/index.js';
import { layDown, type CellSpread } from '../block-moments.js';
import type { FineAxis } from '../axes/index.js';
import type { DensityAxis } from '../axes/index.js';

/** A block of one window. */
export interface WindowBlock {
  range: Segment;
  /** Which of the windows, and the inefficiency that its blocks were chosen by. */
  window: number;
  inefficiency: number;
}

/**
 * Blocks of each window as long as its correlation asks for, or that of the coordinates in it (see `windowBlocks`); longer where
 * there would be more than `most`, but for six a window.
 * @param count how many, over all windows
 */
export function windowBlocksOf(
  { windows }: MbarFrames,
  axes: readonly DensityAxis[],
  most: number,
  count?: number,
): WindowBlock[] {
  const all = windows.reduce((sum, { frames }) => sum + frames, 0);
  const each = Math.max(6, Math.floor(most / windows.length));
  return windows.flatMap(({ ranges, frames, inefficiency: ofEnergies }, window) => {
    const slowest = axes.flatMap((axis) => coordinateSeries(axis, ranges)).map(inefficiencyOf(ranges));
    const inefficiency = Math.min(frames, Math.max(ofEnergies, ...slowest));
    const wanted = Math.min(each, windowBlocks({ frames, inefficiency }));
    const blocks = count === undefined ? wanted : Math.max(2, Math.round((count * frames) / all));
    return splitIntoBlocks(ranges, blocks).map((range) => ({ range, window, inefficiency }));
  });
}

/** A coordinate in some ranges, one after the other; of a periodic one its sine and cosine. */
function coordinateSeries({ values, axis }: DensityAxis, ranges: readonly Segment[]): Float64Array[] {
  const series = new Float64Array(framesIn(ranges));
  let at = 0;
  for (const { start, end } of ranges) {
    series.set(values.subarray(start, end), at);
    at += end - start;
  }
  if (!axis.periodic) return [series];
  const turn = (2 * Math.PI) / (axis.upper - axis.lower);
  return [Math.sin, Math.cos].map((of) => series.map((value) => of(turn * value)));
}

function inefficiencyOf(ranges: readonly Segment[]): (series: Float64Array) => number {
  let from = 0;
  const parts = ranges.map(({ start, end }) => ({ start: from, end: (from += end - start) }));
  return (series) => statisticalInefficiency(series, parts);
}

/** How the density in cells follows from what lies on the nodes. */
export interface CellDerivatives {
  axes: readonly FineAxis[];
  /** Moments `[cells]` of what lies on the nodes. */
  momentsOf: (amounts: Float64Array) => Float64Array[];
  /** Derivatives of each cell's log density by its moments; undefined where it has none. */
  factors: readonly (readonly number[] | undefined)[];
}

/**
 * The variance of each cell's log density over blocks of windows, the free energies of the windows included: a pass over the frames
 * for how each cell follows those (see `Influences`), another for the blocks.
 */
export function windowSpread(
  { mbar, weights }: { mbar: MbarFrames; weights: Numbers },
  blocks: readonly WindowBlock[],
  derivatives: CellDerivatives,
): CellSpread {
  const influences = new Influences(mbar);
  const counted = mbar.windows.flatMap(({ ranges }) => ranges);
  const changeOf = cellChanges(derivatives, sumOver(weights, counted));
  const responses = cellResponses(influences, derivatives.factors.length, (state) => {
    const shares = influences.sharesOf(state);
    for (let frame = 0; frame < shares.length; frame++) shares[frame] *= weights[frame];
    return changeOf(shares, counted);
  });
  const cells = derivatives.factors.length;
  const spread = { variance: new Float64Array(cells), own: new Float64Array(cells) };
  mbar.windows.forEach((_, window) => {
    const own = blocks.filter((block) => block.window === window);
    if (own.length === 0) return;
    addWindow(spread, own, (range) => {
      const direct = changeOf(weights, [range]);
      for (let cell = 0; cell < cells; cell++) spread.own[cell] += direct.density[cell] ** 2;
      const ofStates = influences.sharesIn([range]);
      return direct.density.map((value, cell) => {
        let sum = value - direct.weight;
        for (let state = 0; state < ofStates.length; state++)
          sum += ofStates[state] * responses[state * cells + cell];
        return sum;
      });
    });
  });
  return spread;
}

/** What frames are of each cell's density, and of all weight. */
interface Change {
  density: Float64Array;
  weight: number;
}

function cellChanges(
  { axes, momentsOf, factors }: CellDerivatives,
  total: number,
): (amounts: Numbers, ranges: readonly Segment[]) => Change {
  const nodes = new Float64Array(axes.reduce((product, axis) => product * axis.nodes, 1));
  return (amounts, ranges) => {
    nodes.fill(0);
    const weight = ranges.reduce((sum, range) => sum + layDown(amounts, range, axes, nodes), 0) / total;
    const moments = momentsOf(nodes);
    const density = Float64Array.from(factors, (own, cell) =>
      own ? own.reduce((sum, factor, i) => sum + factor * moments[i][cell], 0) : 0,
    );
    return { density, weight };
  };
}

/** H⁻¹ of what each state is of a cell less what it is of all weight, `[states, cells]`. */
function cellResponses(
  influences: Influences,
  cells: number,
  changeOf: (state: number) => Change,
): Float64Array {
  const { states } = influences;
  const responses = new Float64Array(states * cells);
  for (let state = 0; state < states; state++) {
    const { density, weight } = changeOf(state);
    for (let cell = 0; cell < cells; cell++) responses[state * cells + cell] = density[cell] - weight;
  }
  const pull = new Float64Array(states);
  for (let cell = 0; cell < cells; cell++) {
    for (let state = 0; state < states; state++) pull[state] = responses[state * cells + cell];
    influences.response(pull).forEach((value, state) => (responses[state * cells + cell] = value));
  }
  return responses;
}

/** Adds what a window's blocks say to the variance of each cell; `influenceOf` gives Σ φ over a range `[cells]`. */
function addWindow(
  { variance }: CellSpread,
  blocks: readonly WindowBlock[],
  influenceOf: (range: Segment) => Float64Array,
): void {
  const [squares, mixed, sum] = [0, 0, 0].map(() => new Float64Array(variance.length));
  let [framesSquared, frames] = [0, 0];
  for (const { range } of blocks) {
    const length = range.end - range.start;
    influenceOf(range).forEach((value, cell) => {
      squares[cell] += value * value;
      mixed[cell] += value * length;
      sum[cell] += value;
    });
    framesSquared += length * length;
    frames += length;
  }
  for (let cell = 0; cell < variance.length; cell++)
    variance[cell] += windowVariance(
      {
        blocks: blocks.length,
        squares: squares[cell],
        mixed: mixed[cell],
        sum: sum[cell],
        framesSquared,
        frames,
      },
      blocks[0].inefficiency,
    );
}

function sumOver(weights: Numbers, ranges: readonly Segment[]): number {
  let sum = 0;
  for (const { start, end } of ranges) for (let frame = start; frame < end; frame++) sum += weights[frame];
  return sum;
}
