import { expectChoice, expectNumbers, expectObject, expectWhole } from '../support/index.js';
import { type Numbers, type WeightedSample, thermalEnergy, expectSample } from '../sampling/index.js';
import type { LogDensity } from './cell-estimates.js';
import { densityAxis, logDensity, type DensityMethod } from './density.js';
import { type AxisOptions, axisValues } from './axes/index.js';

export interface EstimateOptions {
  /** `kde` (default): Gaussian kernels; `histogram`: bins. */
  method?: DensityMethod;
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
  /**
   * Standard error of `energy + lowest = −kT ln p(s)`, p normalised over all frames: of F against the free energy of
   * the coordinate as a whole, the smoothing of kernels included. How well the minimum's own height is known
   * is not in it.
   */
  error: Float64Array;
  /** −kT ln p at the minimum, p per unit of the coordinate: what was taken off so that the minimum is 0. */
  lowest: number;
  method: DensityMethod;
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
  /** As for a profile. */
  lowest: number;
  method: DensityMethod;
  bandwidth: readonly [number, number];
  blocks: number;
}

/**
 * Free energy `−kT ln p(s)` along a coordinate `[frames]` of a weighted sample, with standard errors from
 * block-weighted averages (see `analyseBlocks`; the error of −kT ln p is kT times the relative error of p).
 * @throws `bad-data` where a kept value is not finite.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function freeEnergyProfile(
  values: Numbers,
  sample: WeightedSample,
  options: ProfileOptions = {},
): FreeEnergyProfile {
  expectNumbers(values, 'values');
  expectSample(sample, values.length);
  expectEstimate(options);
  const method = options.method ?? 'kde';
  const x = densityAxis(values, sample, method, 1, options);
  const estimate = energies(logDensity(sample, [x], method, options.blocks), sample);
  return {
    coordinate: axisValues(x.axis, gridKind(method)),
    ...estimate,
    method,
    bandwidth: x.width,
    period: options.period,
  };
}

/**
 * The same over two coordinates.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function freeEnergySurface(
  xValues: Numbers,
  yValues: Numbers,
  sample: WeightedSample,
  options: SurfaceOptions = {},
): FreeEnergySurface {
  expectNumbers(xValues, 'xValues');
  expectNumbers(yValues, 'yValues', xValues.length);
  expectSample(sample, xValues.length);
  expectEstimate(options);
  const method = options.method ?? 'kde';
  const x = densityAxis(xValues, sample, method, 2, { ...options.x, bandwidth: options.bandwidth?.[0] });
  const y = densityAxis(yValues, sample, method, 2, { ...options.y, bandwidth: options.bandwidth?.[1] });
  const estimate = energies(logDensity(sample, [x, y], method, options.blocks), sample);
  return {
    x: axisValues(x.axis, gridKind(method)),
    y: axisValues(y.axis, gridKind(method)),
    ...estimate,
    method,
    bandwidth: [x.width, y.width],
  };
}

const gridKind = (method: DensityMethod) => (method === 'kde' ? 'points' : 'bins');

function energies({ values, errors, blocks }: LogDensity, { temperature }: WeightedSample): Energies {
  const kT = thermalEnergy(temperature);
  const highest = values.reduce((a, b) => (b > a ? b : a), -Infinity);
  return {
    energy: values.map((value) => kT * (highest - value)),
    error: errors.map((error) => kT * error),
    lowest: Number.isFinite(highest) ? -kT * highest : NaN,
    blocks,
  };
}

interface Energies {
  energy: Float64Array;
  error: Float64Array;
  lowest: number;
  blocks: number;
}

function expectEstimate(options: EstimateOptions): void {
  expectObject(options, 'options');
  if (options.method !== undefined) expectChoice(options.method, 'method', ['kde', 'histogram']);
  if (options.blocks !== undefined) expectWhole(options.blocks, 'blocks', 1);
}
