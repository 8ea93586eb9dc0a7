import { Matrix } from 'ml-matrix';
import type { Dataset } from '../frames/index.js';
import {
  addMoments,
  centred,
  covariancesOf,
  slowProcesses,
  type HeldOutAutocorrelation,
  type Basis,
  type Labels,
  type ValueTable,
} from '../kinetics/index.js';
import { kMeans, slowDirections } from '../models/index.js';
import { applyScaling, computeFeatures, featureMap, fitScaling } from '../training/data/index.js';
import { foldMoments } from './held-out-score.js';

/** More features than this are not looked at: the eigenproblem would take minutes. */
const mostFeatures = 400;
const linear = 4;
const clusters = 50;

/**
 * How slow the slowest process is that the inputs know of: its autocorrelation at `lag` frames, on blocks of time that
 * were held out when it was estimated. It is sought among linear combinations of the four slowest TICA components of
 * the inputs (periodic ones by sine and cosine) and of the indicators of 50 clusters among these, which is a Markov
 * state model beside a linear one. A lower bound, as every variational estimate is.
 * Undefined for more than 400 features or where the trajectories are too short for two folds.
 */
export function slowestProcess(
  inputs: Dataset,
  lag: number,
  weights?: ArrayLike<number>,
): HeldOutAutocorrelation | undefined {
  const basis = inputBasis(inputs, lag, weights);
  return basis && slowProcesses(basis, inputs.segments, lag, 1, { weights }).at(0);
}

/** What slow processes of the inputs are sought among. */
export function inputBasis(inputs: Dataset, lag: number, weights?: ArrayLike<number>): Basis | undefined {
  const map = featureMap(inputs.columns);
  const raw = computeFeatures(inputs, map);
  const width = raw.length / inputs.frames;
  if (width > mostFeatures) return undefined;
  const features = Float64Array.from(applyScaling(raw, fitScaling(raw, map, 'each')));
  const table = centred({ values: features, width });
  const folds = foldMoments(table, inputs.segments, lag, { weights });
  if (folds.length < 2) return undefined;
  const { directions } = slowDirections(covariancesOf(addMoments(folds)));
  const slow = projected(table, directions, Math.min(linear, width));
  return { groups: [clustersOf(slow)], table: slow };
}

function projected({ values, width }: ValueTable, directions: Matrix, kept: number): ValueTable {
  const frames = values.length / width;
  const out = new Float64Array(frames * kept);
  for (let j = 0; j < kept; j++) {
    const direction = directions.getColumn(j);
    for (let frame = 0; frame < frames; frame++)
      for (let i = 0; i < width; i++) out[frame * kept + j] += values[frame * width + i] * direction[i];
  }
  return { values: out, width: kept };
}

function clustersOf({ values, width }: ValueTable): Labels {
  const frames = values.length / width;
  const count = Math.max(1, Math.min(clusters, Math.floor(frames / 20)));
  return { label: kMeans(Float32Array.from(values), width, count), count };
}
