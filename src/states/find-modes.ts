import {
  LatentcvError,
  counted,
  expectList,
  expectNumber,
  expectNumbers,
  expectObject,
  invalidArgument,
} from '../support/index.js';
import { expectSample, framesIn, type StateLabels, type WeightedSample } from '../sampling/index.js';
import { basinsOf, highest, join, type Basins, type Saddle } from './basins.js';
import { Layers } from './layers.js';
import { levelsByVisits } from './local-widths.js';
import { extentOf, kernelFactor, spreadOf, strideFor, thinned, type Extent } from './kernel-widths.js';
import { cellsPerWidth, difference, modeAxis, type ModeAxis, type ModeColumn } from './mode-axes.js';
import { visitError } from './visits.js';

export interface ModeOptions {
  /** Modes with a lower barrier between them are one, kT; default 2. */
  mergeBelow?: number;
  /** A mode holds at least this part of the frames, and twenty; default 0.002. */
  smallest?: number;
  /** A barrier has to be so many of its standard errors high; default 3. */
  leastSigmas?: number;
}

/** Of a mode of the CVs that was split: by which column, and a number that its parts share. */
export interface ModeSplit {
  column: string;
  basin: number;
}

/** A basin of the reweighted density. */
export interface Mode {
  /** Where the density is highest, by column. */
  peak: number[];
  /** Frames in it, of those that count, and their part of all weight. */
  frames: number;
  population: number;
  /** Where another column parted it from other modes of one basin; see `splitModes`. */
  splits?: readonly ModeSplit[];
}

/** What lies between two modes that touch. */
export interface ModeBarrier {
  /** Modes, from 0. */
  between: readonly [number, number];
  /** Free energy of the saddle above each of their peaks, kT, and the standard error of the lower. */
  heights: readonly [number, number];
  error: number;
  /** Where the density is highest between them, by column. */
  saddle: number[];
  /** The column that it is along, where it splits a basin: `saddle` is one number then. */
  along?: string;
}

/** What the density of frames falls apart into; modes in the order of their populations. */
export interface FoundModes {
  modes: Mode[];
  barriers: ModeBarrier[];
  /** `[frames]`, the mode of each that counts, from 1; 0 of those that are left out. */
  labels: StateLabels;
  /** `[frames]`, the same of frames in the densest cells of a mode that hold half of its weight; 0 elsewhere. */
  cores: StateLabels;
  /** Widths of the kernels at the peak of the most populated mode, by column. */
  widths: number[];
  /** What modes were joined below, kT. */
  mergeBelow: number;
}

/** kT */
export const defaultMergeBelow = 2;
export const defaultSmallest = 0.002;
const fewestFrames = 20;
/** A density in more dimensions takes more frames than there are. */
export const mostColumns = 5;
/** A barrier that is not so many of its standard errors high parts nothing. */
export const leastSigmas = 3;
/** Density is estimated from at most so many frames, and then all are given a mode. */
const mostFrames = 1 << 17;
/** So many visits are within a kernel: ln of the density is then known to an eighth wherever the run came often enough. */
const visitsPerKernel = 64;
const fewestVisits = 3;
/** The widest kernels, in ranges of the columns, and how many widths there are, each √2 narrower. */
const widest = 1 / 16;
const levels = 13;
/** A mode counts as so wide at least, in ranges of the columns. */
const narrowest = 1e-3;
/** Parts of a mode's weight that its core holds. */
const corePart = 0.5;
export const mostModes = 255;

/**
 * The modes of weighted frames: basins of their density over one to five columns. It is estimated by Gaussian kernels, each as
 * wide as holds enough visits of the run; a basin is joined to its neighbour where the barrier between them is below `mergeBelow`
 * or below three of its standard errors (`basinsOf`, `visitError`).
 * @param columns of frames `[frames]`; periodic where they say so
 * @throws LatentcvError `bad-data` for a column that does not vary, `bad-argument` for an argument of another kind or
 * length
 */
export function findModes(
  columns: readonly ModeColumn[],
  sample: WeightedSample,
  options: ModeOptions = {},
): FoundModes {
  expectList(columns, 'columns');
  if (columns.length < 1 || columns.length > mostColumns)
    throw invalidArgument(`one to ${mostColumns} columns for modes`, 'columns', columns.length);
  expectObject(sample, 'sample', 'a weighted sample, as reweight gives it,');
  for (const { label, values } of columns) expectNumbers(values, label, columns[0].values.length);
  expectSample(sample, columns[0].values.length);
  const { mergeBelow = defaultMergeBelow, smallest = defaultSmallest } = options;
  const sigmas = options.leastSigmas ?? leastSigmas;
  expectNumber(mergeBelow, 'mergeBelow', { positive: true });
  expectNumber(smallest, 'smallest', { positive: true });
  expectNumber(sigmas, 'leastSigmas', { positive: true });
  const extents = columns.map((column) => extentOf(column, sample));
  const search = { columns, sample, mergeBelow, smallest, leastSigmas: sigmas, extents };
  const first = modesWith(
    search,
    extents.map(({ range }) => range),
  );
  const units = unitsWithin(search, first);
  return answer(search, modesWith(search, units, levelsOfBasins(search, first, units)));
}

interface Search extends Required<ModeOptions> {
  columns: readonly ModeColumn[];
  sample: WeightedSample;
  extents: readonly Extent[];
}

interface Parted {
  cells: Layers;
  density: Float64Array;
  basins: Basins;
  /** Of each frame. */
  cellOf: Int32Array;
}

/** The widest and the narrowest kernels of a frame, as levels. */
type Bounds = (frame: number) => readonly [number, number];

/** Basins of the density by kernels of which each is as wide as holds enough visits within bounds, in units of the columns. */
function modesWith(search: Search, units: readonly number[], bounds?: Bounds): Parted {
  const { columns, sample, extents, mergeBelow } = search;
  const d = columns.length;
  const grids = (wider: number): ModeAxis[][] =>
    Array.from({ length: levels }, (_, level) =>
      columns.map((column, k) =>
        modeAxis(column, wider * widest * units[k] * 2 ** (-level / 2), extents[k].all, d),
      ),
    );
  const { ranges, weights } = sample;
  const every = strideFor(ranges, mostFrames);
  const frames = Int32Array.from(thinned(sample, mostFrames));
  // a cell of two widths along each axis, of which a Gaussian kernel takes in π^(d/2)
  const least = Math.max(fewestVisits, visitsPerKernel / Math.PI ** (d / 2));
  const of = levelsByVisits(grids(2 * cellsPerWidth(d)), { ranges, every, least });
  if (bounds)
    frames.forEach((frame, i) => {
      const [from, to] = bounds(frame);
      of[i] = Math.min(to, Math.max(from, of[i]));
    });
  const cells = new Layers(grids(1), weights, { frames, levels: of });
  const cellOf = new Int32Array(columns[0].values.length).fill(-1);
  frames.forEach((frame, i) => (cellOf[frame] = cells.ofFrame(frame, of[i])));
  for (const { start, end } of ranges)
    for (let frame = start; frame < end; frame++) if (cellOf[frame] < 0) cellOf[frame] = cells.around(frame);
  const density = cells.density();
  const parted = { cells, density, basins: basinsOf(cells, density, mergeBelow), cellOf };
  return { ...parted, basins: joined(search, parted) };
}

/** Joins what is too small, or parted by what may be chance, to the neighbour over the highest saddle. */
function joined(search: Search, parted: Parted): Basins {
  const large = withoutSmall(search, parted);
  const errors = new Map<number, number>();
  let { basins } = large;
  for (;;) {
    const next = weakest(search, { ...parted, basins }, errors);
    if (!next) return compact(basins, parted.cells);
    basins = join(basins, next[0], next[1], parted.density);
  }
}

/** The smallest basins first, each to its neighbour. */
function withoutSmall({ smallest }: Search, parted: Parted): Parted {
  const { cells, density } = parted;
  const frames = new Float64Array(parted.basins.peaks.length);
  parted.basins.of.forEach((basin, cell) => (frames[basin] += cells.frames[cell]));
  const all = frames.reduce((sum, count) => sum + count, 0);
  const least = Math.max(smallest * all, Math.min(fewestFrames, all / 2));
  let { basins } = parted;
  for (;;) {
    const left = [...frames.keys()].filter((basin) => frames[basin] > 0);
    const small = left.reduce((a, b) => (frames[b] < frames[a] ? b : a));
    if (left.length === 1 || frames[small] >= least) return { ...parted, basins };
    const into = neighbourOf(small, { ...parted, basins });
    basins = join(basins, small, into, density);
    frames[into] += frames[small];
    frames[small] = 0;
  }
}

/** Of two basins whose barrier parts nothing the lower, and the other; the lowest barrier first. */
function weakest(
  { mergeBelow, leastSigmas: sigmas, sample }: Search,
  parted: Parted,
  errors: Map<number, number>,
): readonly [number, number] | undefined {
  const { peaks, saddles } = parted.basins;
  const barriers = saddles.map((saddle) => ({ saddle, ...sidesOf(saddle, parted) }));
  barriers.sort((a, b) => a.height - b.height);
  for (const { saddle, low, high, height } of barriers) {
    const key = saddle.cell * peaks.length + low;
    const error = errors.get(key) ?? errorOf(saddle, parted, sample);
    errors.set(key, error);
    if (height < mergeBelow || height < sigmas * error) return [low, high];
  }
  return undefined;
}

/** The basin over the highest saddle; of one that touches none, that of the nearest peak. */
function neighbourOf(basin: number, { basins, cells, density }: Parted): number {
  const touching = basins.saddles
    .filter(({ between }) => between.includes(basin))
    .sort((a, b) => density[b.cell] - density[a.cell]);
  if (touching.length > 0) return touching[0].between.find((other) => other !== basin)!;
  let [nearest, least] = [-1, Infinity];
  const own = basins.peaks[basin];
  for (let cell = 0; cell < cells.size; cell++) {
    if (basins.of[cell] === basin) continue;
    const squared = cells.squaredFrom(own, cell);
    if (squared < least) [nearest, least] = [basins.of[cell], squared];
  }
  return nearest;
}

/** Of two basins the one with the lower peak, the other, and how far the saddle is above the former in kT. */
function sidesOf(
  { between: [a, b], cell }: Saddle,
  { basins: { peaks }, density }: Parted,
): { low: number; high: number; height: number } {
  const [low, high] = density[peaks[a]] < density[peaks[b]] ? [a, b] : [b, a];
  return { low, high, height: Math.log(density[peaks[low]] / density[cell]) };
}

function heightsOf({ between, cell }: Saddle, { basins, density }: Parted): [number, number] {
  const [a, b] = between.map((basin) => Math.log(density[basins.peaks[basin]] / density[cell]));
  return [a, b];
}

function errorOf(saddle: Saddle, parted: Parted, { weights, ranges }: WeightedSample): number {
  const { low, high } = sidesOf(saddle, parted);
  const { peaks } = parted.basins;
  return visitError(parted.cells, [peaks[low], saddle.cell, peaks[high]], {
    weights,
    ranges,
    ofFrames: parted.cellOf,
  });
}

/** Basins that are left, by their weight, heaviest first. */
function compact({ of, peaks, saddles }: Basins, { weights }: Layers): Basins {
  const carried = new Float64Array(peaks.length);
  of.forEach((basin, cell) => (carried[basin] += weights[cell]));
  const left = peaks
    .map((_, basin) => basin)
    .filter((basin) => of.includes(basin))
    .sort((a, b) => carried[b] - carried[a]);
  const numbers = new Int32Array(peaks.length).fill(-1);
  left.forEach((basin, number) => (numbers[basin] = number));
  return {
    of: of.map((basin) => numbers[basin]),
    peaks: left.map((basin) => peaks[basin]),
    saddles: saddles.map(({ between, cell }): Saddle => {
      const [a, b] = between.map((basin) => numbers[basin]);
      return { between: [Math.min(a, b), Math.max(a, b)], cell };
    }),
  };
}

/** The columns' units by how far frames are from their mode's peak (geometric mean over modes); their product is that of the ranges. */
function unitsWithin({ columns, sample, extents }: Search, { basins, cells, cellOf }: Parted): number[] {
  const members = basins.peaks.map((): number[] => []);
  const frames = thinned(sample, 1 << 16);
  for (const frame of frames) members[basins.of[cellOf[frame]]].push(frame);
  const alike = { weights: new Float64Array(cellOf.length).fill(1) };
  const logs = columns.map(({ values, period }, k) => {
    const { range } = extents[k];
    const sums = members.map((own, basin) => {
      const peak = cells.middle(basins.peaks[basin])[k];
      const { deviation } = spreadOf(own, (frame) => difference(period, peak, values[frame]), alike);
      return own.length * Math.log(Math.max(deviation / range, narrowest));
    });
    return sums.reduce((sum, each) => sum + each, 0) / frames.length;
  });
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return extents.map(({ range }, k) => range * Math.exp(logs[k] - mean));
}

/**
 * Bounds for the kernels of each basin's frames: half of its spread, since wider ones reach over to the next, and half of what
 * Silverman's rule gives a Gaussian of that spread and so many frames, since narrower ones show what is no structure (the ends
 * of the sine of an angle, where the density has no bound).
 */
function levelsOfBasins(search: Search, { basins, cells, cellOf }: Parted, units: readonly number[]): Bounds {
  const { columns, sample } = search;
  const members = basins.peaks.map((): number[] => []);
  const frames = thinned(sample, 1 << 16);
  for (const frame of frames) members[basins.of[cellOf[frame]]].push(frame);
  const bounds = members.map((own, basin): readonly [number, number] => {
    const logs = columns.map(({ values, period }, k) => {
      const peak = cells.middle(basins.peaks[basin])[k];
      const { deviation } = spreadOf(own, (frame) => difference(period, peak, values[frame]), sample);
      return Math.log(deviation / (widest * units[k]));
    });
    const spread = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const every = framesIn(sample.ranges) / frames.length;
    const silverman = spread + Math.log(kernelFactor(every * own.length, columns.length));
    const levelOf = (log: number): number =>
      Math.min(levels - 1, Math.max(0, Math.round((-2 * log) / Math.LN2)));
    return Number.isFinite(spread)
      ? [levelOf(spread - Math.LN2), levelOf(silverman - Math.LN2)]
      : [0, levels - 1];
  });
  return (frame) => bounds[basins.of[cellOf[frame]]];
}

const placeIn = (cell: number, cells: Layers): number[] => [...cells.middle(cell)];

const peakOf = (basin: number, { basins, cells }: Pick<Parted, 'basins' | 'cells'>): number[] =>
  placeIn(basins.peaks[basin], cells);

function answer(search: Search, parted: Parted): FoundModes {
  const { basins, cells, cellOf, density } = parted;
  const { sample } = search;
  if (basins.peaks.length > mostModes)
    throw new LatentcvError(
      'bad-data',
      `expected at most ${mostModes} modes but found ${counted(basins.peaks.length, 'mode')}`,
      '‘mergeBelow’ joins more of them',
    );
  const dense = densestCells(parted);
  const labels = Uint8Array.from(cellOf, (cell) => (cell < 0 ? 0 : basins.of[cell] + 1));
  const cores = Uint8Array.from(cellOf, (cell) => (cell >= 0 && dense[cell] ? basins.of[cell] + 1 : 0));
  const [frames, weight] = [basins.peaks.map(() => 0), basins.peaks.map(() => 0)];
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame++) {
      frames[labels[frame] - 1]++;
      weight[labels[frame] - 1] += sample.weights[frame];
    }
  const total = weight.reduce((sum, each) => sum + each, 0);
  return {
    modes: basins.peaks.map((_, basin) => ({
      peak: peakOf(basin, parted),
      frames: frames[basin],
      population: weight[basin] / total,
    })),
    barriers: highest(basins.saddles, density).map((saddle) => ({
      between: saddle.between,
      heights: heightsOf(saddle, parted),
      error: errorOf(saddle, parted, sample),
      saddle: placeIn(saddle.cell, cells),
    })),
    labels,
    cores,
    widths: cells.widths(basins.peaks[0]),
    mergeBelow: search.mergeBelow,
  };
}

/** Of each mode the densest cells that hold half of its weight. */
function densestCells({ basins, cells, density }: Parted): Uint8Array {
  const inside = new Uint8Array(cells.size);
  const carried = new Float64Array(basins.peaks.length);
  basins.of.forEach((basin, cell) => (carried[basin] += cells.weights[cell]));
  const held = new Float64Array(basins.peaks.length);
  for (const cell of Uint32Array.from(density.keys()).sort((a, b) => density[b] - density[a])) {
    const basin = basins.of[cell];
    if (held[basin] >= corePart * carried[basin]) continue;
    inside[cell] = 1;
    held[basin] += cells.weights[cell];
  }
  return inside;
}
