import type { Segment } from '../frames/index.js';
import { effectiveSampleSize, type WeightedSample } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';
import {
  defaultSmallest,
  findModes,
  leastSigmas,
  mostModes,
  type FoundModes,
  type Mode,
  type ModeBarrier,
  type ModeOptions,
} from './find-modes.js';
import { thinned } from './kernel-widths.js';
import type { ModeColumn } from './mode-axes.js';

/** Columns whose histogram has no dip of this part of the barrier that parts modes are not looked at any further. */
const screened = 0.6;
const bins = 60;
/** Bins that a histogram is smoothed over. */
const smooth = 1.5;
const mostLooked = 1 << 14;

/**
 * Modes of the CVs parted where another column shows two structures in one: where its own density in the mode falls apart into
 * modes by the rules of `findModes`. Of several such columns the one with the deepest dip is taken, and the parts are looked at
 * again. As many columns are tried, a barrier has to be √(9 + 2 ln columns) of its standard errors high, which keeps the chance of
 * a split by accident where one column alone has it.
 * @param columns that may split modes; those that are constant in a mode never do
 */
export function splitModes(
  found: FoundModes,
  columns: readonly ModeColumn[],
  sample: WeightedSample,
  options: ModeOptions,
): FoundModes {
  const sigmas = Math.sqrt(leastSigmas ** 2 + 2 * Math.log(Math.max(1, columns.length)));
  let [modes, basins] = [found, 0];
  for (let mode = 0; mode < modes.modes.length && modes.modes.length < mostModes;) {
    const parts = partsOf(modes, mode, columns, sample, { ...options, leastSigmas: sigmas });
    if (parts) modes = parted(modes, mode, parts, basins++);
    else mode++;
  }
  return basins === 0 ? found : byPopulation(modes);
}

/** Frames of one mode, one after the other. */
interface Inside {
  frames: Int32Array;
  sample: WeightedSample;
}

interface Parts {
  column: string;
  frames: Int32Array;
  found: FoundModes;
}

function partsOf(
  { labels, mergeBelow }: FoundModes,
  mode: number,
  columns: readonly ModeColumn[],
  sample: WeightedSample,
  options: ModeOptions,
): Parts | undefined {
  const inside = framesInside(labels, mode + 1, sample);
  const candidates = columns
    .map((column) => within(column, inside))
    .map((column) => ({ column, dip: dipOf(column, inside.sample) }))
    .filter(({ dip }) => dip >= screened * mergeBelow)
    .sort((a, b) => b.dip - a.dip);
  const all = sample.ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const smallest = ((options.smallest ?? defaultSmallest) * all) / Math.max(1, inside.frames.length);
  for (const { column } of candidates) {
    const found = modesAlong(column, inside.sample, { ...options, mergeBelow, smallest });
    if (found && found.modes.length > 1) return { column: column.label, frames: inside.frames, found };
  }
  return undefined;
}

/** undefined where the column does not vary. */
function modesAlong(
  column: ModeColumn,
  sample: WeightedSample,
  options: ModeOptions,
): FoundModes | undefined {
  try {
    return findModes([column], sample, options);
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'bad-data') return undefined;
    throw error;
  }
}

/** A mode's frames without those in between, so that leaving it and coming back to one place is no new visit. */
function framesInside(labels: FoundModes['labels'], label: number, sample: WeightedSample): Inside {
  const frames: number[] = [];
  const ranges: Segment[] = [];
  for (const range of sample.ranges) {
    const start = frames.length;
    for (let frame = range.start; frame < range.end; frame++) if (labels[frame] === label) frames.push(frame);
    if (frames.length > start) ranges.push({ ...range, start, end: frames.length });
  }
  const weights = Float64Array.from(frames, (frame) => sample.weights[frame]);
  const { temperature } = sample;
  return {
    frames: Int32Array.from(frames),
    sample: { weights, ranges, replicas: [], temperature, effectiveSize: effectiveSampleSize(weights) },
  };
}

const within = ({ values, ...column }: ModeColumn, { frames }: Inside): ModeColumn => ({
  ...column,
  values: Float64Array.from(frames, (frame) => values[frame]),
});

/** ln(lower of two peaks / the dip between them) of the smoothed histogram, the largest; one frame at least is in a dip. */
function dipOf({ values, period }: ModeColumn, sample: WeightedSample): number {
  const frames = thinned(sample, mostLooked);
  let [least, most] = [Infinity, -Infinity];
  for (const frame of frames) [least, most] = [Math.min(least, values[frame]), Math.max(most, values[frame])];
  if (!(most > least)) return 0;
  const [lower, upper] = period ?? [least, most];
  const histogram = new Float64Array(bins);
  let total = 0;
  for (const frame of frames) {
    const at = Math.floor(((values[frame] - lower) / (upper - lower)) * bins);
    histogram[Math.min(bins - 1, Math.max(0, at))] += sample.weights[frame];
    total += sample.weights[frame];
  }
  const floor = total / Math.max(1, Math.min(frames.length, sample.effectiveSize));
  const density = smoothed(histogram, period !== undefined).map((value) => Math.max(value, floor / 10));
  return deepest(density, period !== undefined);
}

function smoothed(histogram: Float64Array, periodic: boolean): Float64Array {
  const reach = Math.ceil(3 * smooth);
  return histogram.map((_, i) => {
    let sum = 0;
    for (let step = -reach; step <= reach; step++) {
      const at = periodic ? (i + step + bins) % bins : i + step;
      if (at >= 0 && at < bins) sum += Math.exp(-0.5 * (step / smooth) ** 2) * histogram[at];
    }
    return sum / (smooth * Math.sqrt(2 * Math.PI));
  });
}

/** Of a periodic one it is cut at its lowest place, where no two peaks are parted but by the whole rest. */
function deepest(density: Float64Array, periodic: boolean): number {
  const lowest = density.indexOf(Math.min(...density));
  const cut = periodic ? density.map((_, i) => density[(i + lowest) % bins]) : density;
  const running = (list: Float64Array): Float64Array => {
    let highest = 0;
    return list.map((value) => (highest = Math.max(highest, value)));
  };
  const left = running(cut);
  const right = running(cut.slice().reverse()).reverse();
  return Math.max(...cut.map((value, i) => Math.log(Math.min(left[i], right[i]) / value)));
}

/** A mode replaced by its parts: the first keeps its number, the others come last. */
function parted(
  { modes, barriers, labels, cores, ...rest }: FoundModes,
  mode: number,
  { column, frames, found }: Parts,
  basin: number,
): FoundModes {
  const number = (part: number): number => (part === 0 ? mode : modes.length + part - 1);
  const [newLabels, newCores] = [labels.slice(), cores.slice()];
  frames.forEach((frame, i) => {
    const part = number(found.labels[i] - 1) + 1;
    newLabels[frame] = part;
    // dense along the CVs and along the column
    newCores[frame] = cores[frame] !== 0 && found.cores[i] !== 0 ? part : 0;
  });
  const whole = modes[mode];
  const own = found.modes.map((part): Mode => ({
    ...whole,
    frames: part.frames,
    population: part.population * whole.population,
    splits: [...(whole.splits ?? []), { column, basin }],
  }));
  return {
    ...rest,
    labels: newLabels,
    cores: newCores,
    modes: [...modes.map((each, i) => (i === mode ? own[0] : each)), ...own.slice(1)],
    barriers: [
      ...barriers,
      ...found.barriers.map((barrier): ModeBarrier => ({
        ...barrier,
        between: [number(barrier.between[0]), number(barrier.between[1])],
        along: column,
      })),
    ],
  };
}

/** The most populated first again. */
function byPopulation(found: FoundModes): FoundModes {
  const order = found.modes
    .map((_, i) => i)
    .sort((a, b) => found.modes[b].population - found.modes[a].population);
  const numbers = Uint8Array.from([0, ...found.modes.map((_, i) => order.indexOf(i) + 1)]);
  return {
    ...found,
    modes: order.map((i) => found.modes[i]),
    labels: found.labels.map((label) => numbers[label]),
    cores: found.cores.map((core) => numbers[core]),
    barriers: found.barriers.map((barrier) => {
      const [a, b] = barrier.between.map((mode) => numbers[mode + 1] - 1);
      const heights = barrier.heights;
      return a < b
        ? { ...barrier, between: [a, b] }
        : { ...barrier, between: [b, a], heights: [heights[1], heights[0]] };
    }),
  };
}
