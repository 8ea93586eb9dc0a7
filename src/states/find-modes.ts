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
import { cellDensity, Cells } from './cells.js';
import { extentOf, kernelFactor, spreadOf, strideFor, type Extent } from './kernel-widths.js';
import { difference, middleOf, modeAxis, type ModeColumn } from './mode-axes.js';
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
  /** Widths of the kernels by column. */
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
/** Frames of a mode that widths of kernels go by. */
const widthPart = 0.05;
/** Parts of a mode's weight that its core holds. */
const corePart = 0.5;
export const mostModes = 255;

/**
 * The modes of weighted frames: basins of their density over one to five columns. It is estimated by Gaussian kernels, whose
 * widths follow the narrowest basin; a basin is joined to its neighbour where the barrier between them is below `mergeBelow`
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
  const extents = columns.map((column) => extentOf(column, sample, columns.length));
  const search = { columns, sample, mergeBelow, smallest, leastSigmas: sigmas, extents };
  const first = modesWith(
    search,
    extents.map(({ width }) => width),
  );
  const second = modesWith(search, narrowestWidths(search, first));
  const settled = first.basins.peaks.length === second.basins.peaks.length;
  return answer(search, settled ? second : modesWith(search, narrowestWidths(search, second)));
}

interface Search extends Required<ModeOptions> {
  columns: readonly ModeColumn[];
  sample: WeightedSample;
  extents: readonly Extent[];
}

interface Parted {
  cells: Cells;
  density: Float64Array;
  basins: Basins;
  /** Of each frame. */
  cellOf: Int32Array;
}

function modesWith(search: Search, widths: readonly number[]): Parted {
  const { columns, sample, extents, mergeBelow } = search;
  const axes = columns.map((column, i) => modeAxis(column, widths[i], extents[i].all, columns.length));
  const cells = new Cells(axes, sample.weights, sample.ranges, strideFor(sample.ranges, mostFrames));
  const density = cellDensity(cells);
  const parted = {
    cells,
    density,
    basins: basinsOf(cells, density, mergeBelow),
    cellOf: cells.ofFrames(columns[0].values.length, sample.ranges),
  };
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
    const squared = cells.squaredBetween(own, cell);
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
function compact({ of, peaks, saddles }: Basins, { weights }: Cells): Basins {
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

/** Kernels for the narrowest of the modes that hold a twentieth of the frames, by column. */
function narrowestWidths({ columns, sample, extents }: Search, { basins, cells, cellOf }: Parted): number[] {
  const stride = strideFor(sample.ranges, 1 << 16);
  const members = basins.peaks.map((): number[] => []);
  for (const { start, end } of sample.ranges)
    for (let frame = start; frame < end; frame += stride) members[basins.of[cellOf[frame]]].push(frame);
  const all = framesIn(sample.ranges) / stride;
  const large = members.flatMap((frames, basin) =>
    frames.length >= widthPart * all ? [{ frames, basin }] : [],
  );
  return columns.map(({ values, period }, k) => {
    const widths = large.map(({ frames, basin }) => {
      const peak = peakOf(basin, { basins, cells })[k];
      const { deviation } = spreadOf(frames, (frame) => difference(period, peak, values[frame]), sample);
      return deviation * kernelFactor(stride * kishOf(frames, sample), columns.length);
    });
    const width = Math.min(...widths.filter((each) => each > 0));
    const [least, most] = extents[k].all;
    return Number.isFinite(width) ? Math.max(width, (most - least) / 500) : extents[k].width;
  });
}

function kishOf(frames: readonly number[], { weights }: WeightedSample): number {
  let [sum, squares] = [0, 0];
  for (const frame of frames) {
    sum += weights[frame];
    squares += weights[frame] ** 2;
  }
  return squares > 0 ? sum ** 2 / squares : 0;
}

const placeIn = (cell: number, { axes, places }: Cells): number[] =>
  axes.map((axis, k) => middleOf(axis, places[cell * axes.length + k]));

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
    widths: cells.axes.map(({ width }) => width),
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
