import { defaultBandwidth } from './bandwidth.js';
import { analyseBlocks, influenceVariance } from './blocks.js';
import { binSmear, blockDensities, gaussianSmear, type BlockDensities, type DensityAxis } from './density.js';
import { splitIntoBlocks } from '../sampling/frame-ranges.js';
import { axisFor, axisValues, type AxisOptions } from './grid.js';
import { effectiveSampleSize, type WeightedSample } from '../sampling/reweight.js';
import { thermalEnergy } from '../sampling/thermal.js';

export interface EstimateOptions {
  /** `kde` (default): Gaussian kernels; `histogram`: bins. */
  method?: 'kde' | 'histogram';
  /** Number of blocks for the error; default: `profileBlocks`. */
  blocks?: number;
}

export interface ProfileOptions extends AxisOptions, EstimateOptions {
  /** Width of the Gaussian kernels in the coordinate's unit; default: `defaultBandwidth`, whose rule is `bandwidthRule`. */
  bandwidth?: number;
}

/** A free energy along one coordinate, in kJ/mol. */
export interface FreeEnergyProfile {
  /** Grid points, or the middles of bins. */
  coordinate: Float64Array;
  /** Minimum 0; NaN where there are no samples. */
  energy: Float64Array;
  /** Standard error of `energy` before its minimum was set to 0; NaN where there are no samples. */
  error: Float64Array;
  method: 'kde' | 'histogram';
  /** Width of the kernels, or of the bins. */
  bandwidth: number;
  /** Blocks behind the error. */
  blocks: number;
  period?: readonly [number, number];
}

export interface SurfaceOptions extends EstimateOptions {
  x?: AxisOptions;
  y?: AxisOptions;
  bandwidth?: readonly [number, number];
}

/** A free energy over two coordinates, in kJ/mol. */
export interface FreeEnergySurface {
  x: Float64Array;
  y: Float64Array;
  /** Row-major `[y, x]`, minimum 0, NaN where there are no samples. */
  energy: Float64Array;
  /** As for a profile, `[y, x]`. */
  error: Float64Array;
  method: 'kde' | 'histogram';
  bandwidth: readonly [number, number];
  blocks: number;
}

/** A cell rests on samples where at least this many frames' worth of kernel lies on it. */
const leastSupport = 0.5;

/**
 * Free energy `−kT ln p(s)` along a coordinate `[frames]` of a weighted sample, with standard errors from
 * block-weighted averages (see `analyseBlocks`; the error of −kT ln p is kT times the relative error of p).
 * Throws `bad-data` where a kept value is not finite.
 */
export function freeEnergyProfile(
  values: Float64Array,
  sample: WeightedSample,
  options: ProfileOptions = {},
): FreeEnergyProfile {
  const method = options.method ?? 'kde';
  const x = densityAxis(values, sample, method, 1, options, options.bandwidth);
  const blocks = options.blocks ?? profileBlocks(sample, values);
  const ranges = splitIntoBlocks(sample.ranges, blocks);
  const estimate = energies(blockDensities(sample.weights, ranges, x), ranges, sample);
  return {
    coordinate: axisValues(x.axis, gridKind(method)),
    ...estimate,
    method,
    bandwidth: x.bandwidth,
    ...(options.period && { period: options.period }),
  };
}

/** The same over two coordinates. */
export function freeEnergySurface(
  xValues: Float64Array,
  yValues: Float64Array,
  sample: WeightedSample,
  options: SurfaceOptions = {},
): FreeEnergySurface {
  const method = options.method ?? 'kde';
  const x = densityAxis(xValues, sample, method, 2, options.x, options.bandwidth?.[0]);
  const y = densityAxis(yValues, sample, method, 2, options.y, options.bandwidth?.[1]);
  const blocks = options.blocks ?? profileBlocks(sample, xValues, yValues);
  const ranges = splitIntoBlocks(sample.ranges, blocks);
  const estimate = energies(blockDensities(sample.weights, ranges, x, y), ranges, sample);
  return {
    x: axisValues(x.axis, gridKind(method)),
    y: axisValues(y.axis, gridKind(method)),
    ...estimate,
    method,
    bandwidth: [x.bandwidth, y.bandwidth],
  };
}

const gridKind = (method: 'kde' | 'histogram') => (method === 'kde' ? 'points' : 'bins');

function densityAxis(
  values: Float64Array,
  sample: WeightedSample,
  method: 'kde' | 'histogram',
  dimensions: 1 | 2,
  options: AxisOptions = {},
  bandwidth?: number,
): DensityAxis & { bandwidth: number } {
  const sized = { ...options, points: options.points ?? (dimensions === 1 ? 200 : 100) };
  if (method === 'histogram') {
    const axis = axisFor(values, sample.ranges, sized, 0);
    return { values, axis, smear: binSmear(axis), bandwidth: (axis.upper - axis.lower) / axis.points };
  }
  const width = bandwidth ?? defaultBandwidth(values, sample, dimensions, options);
  const axis = axisFor(values, sample.ranges, sized, 3 * width);
  return { values, axis, smear: gaussianSmear(axis, width), bandwidth: width };
}

function energies(
  { blocks, support }: BlockDensities,
  ranges: readonly { start: number; end: number }[],
  { weights, temperature }: WeightedSample,
): { energy: Float64Array; error: Float64Array; blocks: number } {
  const kT = thermalEnergy(temperature);
  const blockWeights = ranges.map(({ start, end }) => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += weights[i];
    return sum;
  });
  const effective = effectiveSampleSize(blockWeights);
  const energy = new Float64Array(support.length).fill(NaN);
  const error = new Float64Array(support.length).fill(NaN);
  support.forEach((frames, cell) => {
    const densities = blocks.map((block) => block[cell]);
    const density = densities.reduce((a, b) => a + b, 0);
    if (frames < leastSupport || !(density > 0)) return;
    energy[cell] = -kT * Math.log(density);
    error[cell] = kT * Math.sqrt(influenceVariance(densities, blockWeights, effective));
  });
  const lowest = energy.reduce((a, b) => (b < a ? b : a), Infinity);
  return { energy: energy.map((value) => value - lowest), error, blocks: blocks.length };
}

/**
 * The number of blocks for the errors of a free energy: the fewest that any of nine questions "is s below q"
 * asks for by its own scan, q the deciles of the frames as they were sampled, for each coordinate.
 * So the slowest motion along the coordinate decides, not the fast one within a cell.
 */
export function profileBlocks(sample: WeightedSample, ...coordinates: Float64Array[]): number {
  const { weights, ranges } = sample;
  const needs = coordinates.flatMap((values) =>
    deciles(values, sample).map((threshold) => {
      const numerator = weights.map((weight, frame) => (values[frame] < threshold ? weight : 0));
      if (!numerator.some((weight) => weight > 0)) return Infinity;
      return analyseBlocks({ numerator, denominator: weights, weights, ranges }).chosen.blocks;
    }),
  );
  const fewest = Math.min(...needs);
  return Number.isFinite(fewest) ? fewest : 2;
}

function deciles(values: Float64Array, { ranges }: WeightedSample): number[] {
  const kept = ranges.flatMap(({ start, end }) => Array.from(values.subarray(start, end)));
  kept.sort((a, b) => a - b);
  return Array.from({ length: 9 }, (_, i) => kept[Math.floor(((i + 1) * kept.length) / 10)]);
}
