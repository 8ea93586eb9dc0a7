import { splitIntoBlocks } from '../sampling/index.js';
import { expectDataset, type Dataset } from '../frames/index.js';
import {
  applyScaling,
  computeFeatures,
  featureMap,
  fitScaling,
  type FeatureMap,
} from '../training/data/index.js';
import { nearestRows } from './nearest-rows.js';
import { expectTable, type ValueTable } from '../kinetics/index.js';

/** How much of the descriptors the CVs determine. */
export interface Reconstruction {
  /** Fraction of variance explained of each input, in their order; 0 for one that is constant. */
  inputs: number[];
  /** Of all together, on the scale that training gives them (one for all plain inputs of a quantity). */
  total: number;
}

/** Frames that are looked up, and frames that they are looked up among. */
const frameLimits = { queries: 2000, known: 10_000 };
const neighbours = 15;

/**
 * Fraction of each descriptor's variance that the CVs explain, by local averages: the mean over the 15 frames of other
 * blocks of time whose CVs are nearest (each CV by its own deviation), corrected for the noise of a mean of 15
 * (`1 − K/(K+1) · error/variance`), so that a descriptor that the CVs know nothing of has 0 within its error. A
 * periodic descriptor counts by its sine and cosine. No decoder is needed: every method is measured alike.
 * @param cv of the same frames, `[frames, k]`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function reconstruction(inputs: Dataset, cv: ValueTable): Reconstruction {
  expectDataset(inputs, 'inputs');
  expectTable(cv, inputs.frames);
  const map = featureMap(inputs.columns);
  const raw = computeFeatures(inputs, map);
  const features = applyScaling(raw, fitScaling(raw, map, 'common'));
  const { error, variance } = residuals(
    { values: Float64Array.from(features), width: features.length / inputs.frames },
    cv,
    inputs,
  );
  const sums = columnsOf(map, inputs.columns.length).map((own) => ({
    error: own.reduce((sum, i) => sum + error[i], 0),
    variance: own.reduce((sum, i) => sum + variance[i], 0),
  }));
  const all = (key: 'error' | 'variance'): number => sums.reduce((sum, each) => sum + each[key], 0);
  return {
    inputs: sums.map((each) => (each.variance > 0 ? 1 - each.error / each.variance : 0)),
    total: 1 - all('error') / all('variance'),
  };
}

/** Features of each column: itself, or its sine and cosine. */
function columnsOf({ plain, periodic }: FeatureMap, columns: number): number[][] {
  const out: number[][] = Array.from({ length: columns }, () => []);
  plain.forEach((column, i) => out[column].push(i));
  periodic.forEach(({ column }, i) => out[column].push(plain.length + i, plain.length + periodic.length + i));
  return out;
}

/** Mean squared error of the local averages and variance of each feature, over the frames that are looked up. */
function residuals({ values, width }: ValueTable, cv: ValueTable, { segments }: Dataset) {
  const { queries, known } = everyOther(segments);
  const near = nearestRows(scaled(cv), queries, known, neighbours);
  const error = new Float64Array(width);
  const squares = new Float64Array(width);
  const mean = new Float64Array(width);
  const guess = new Float64Array(width);
  queries.forEach((query, q) => {
    guess.fill(0);
    for (const row of near[q])
      for (let i = 0; i < width; i++) guess[i] += values[row * width + i] / near[q].length;
    for (let i = 0; i < width; i++) {
      const value = values[query * width + i];
      error[i] += (value - guess[i]) ** 2 / queries.length;
      squares[i] += value ** 2 / queries.length;
      mean[i] += value / queries.length;
    }
  });
  const correction = neighbours / (neighbours + 1);
  return {
    error: error.map((value) => correction * value),
    variance: squares.map((value, i) => value - mean[i] ** 2),
  };
}

/** Blocks of time in turn: those looked up, and those looked up among. */
function everyOther(segments: Dataset['segments']): { queries: number[]; known: number[] } {
  const sides: [number[], number[]] = [[], []];
  splitIntoBlocks(segments, 20).forEach(({ start, end }, i) => {
    for (let frame = start; frame < end; frame++) sides[i % 2].push(frame);
  });
  return { queries: thinned(sides[0], frameLimits.queries), known: thinned(sides[1], frameLimits.known) };
}

function thinned(frames: number[], count: number): number[] {
  const stride = Math.max(1, frames.length / count);
  return Array.from({ length: Math.min(count, frames.length) }, (_, i) => frames[Math.floor(i * stride)]);
}

/** Each column by its deviation. */
function scaled({ values, width }: ValueTable): ValueTable {
  const frames = values.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  values.forEach((value, i) => (mean[i % width] += value / frames));
  values.forEach((value, i) => (variance[i % width] += (value - mean[i % width]) ** 2 / frames));
  return { values: values.map((value, i) => value / (Math.sqrt(variance[i % width]) || 1)), width };
}
