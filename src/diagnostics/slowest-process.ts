import { Matrix } from 'ml-matrix';
import type { Dataset } from '../frames/index.js';
import { kMeans, slowDirections } from '../models/index.js';
import { applyScaling, computeFeatures, featureMap, fitScaling } from '../training/features.js';
import { foldMoments, heldOut } from './held-out-score.js';
import { addMoments, centred, covariancesOf, type Table } from './lagged-moments.js';

/** More features than this are not looked at: the eigenproblem would take minutes. */
export const mostFeatures = 400;
const linear = 4;
const clusters = 50;

/**
 * How slow the slowest process is that the inputs know of: its autocorrelation at `lag` frames, on blocks of time that
 * were held out when it was estimated. It is sought among linear combinations of the four slowest TICA components of
 * the inputs (periodic ones by sine and cosine) and of the indicators of 50 clusters among these, which is a Markov
 * state model beside a linear one. A lower bound, as every variational estimate is.
 * Undefined for more than 400 features or where the trajectories are too short for two folds.
 */
export function slowestProcess(inputs: Dataset, lag: number): number | undefined {
  const map = featureMap(inputs.columns);
  const raw = computeFeatures(inputs, map);
  const width = raw.length / inputs.frames;
  if (width > mostFeatures) return undefined;
  const features = Float64Array.from(applyScaling(raw, fitScaling(raw, map, 'each')));
  const { segments } = inputs;
  const table = centred({ values: features, width });
  const folds = foldMoments(table, segments, lag);
  if (folds.length < 2) return undefined;
  const { directions } = slowDirections(covariancesOf(addMoments(folds)));
  const basis = withIndicators(projected(table, directions, Math.min(linear, width)));
  return autocorrelationHeldOut(basis, segments, lag);
}

/** Of the direction that is slowest in all other folds, over all folds. */
function autocorrelationHeldOut(table: Table, segments: Dataset['segments'], lag: number): number {
  let [lagged, instantaneous] = [0, 0];
  const folds = foldMoments(table, segments, lag);
  heldOut(folds).forEach(({ others, own }, i) => {
    const direction = slowDirections(others).directions.getColumnVector(0);
    const along = (matrix: Matrix): number => direction.transpose().mmul(matrix).mmul(direction).get(0, 0);
    lagged += folds[i].pairs * along(own.lagged);
    instantaneous += folds[i].pairs * along(own.instantaneous);
  });
  return lagged / instantaneous;
}

function projected({ values, width }: Table, directions: Matrix, kept: number): Table {
  const frames = values.length / width;
  const out = new Float64Array(frames * kept);
  for (let j = 0; j < kept; j++) {
    const direction = directions.getColumn(j);
    for (let frame = 0; frame < frames; frame++)
      for (let i = 0; i < width; i++) out[frame * kept + j] += values[frame * width + i] * direction[i];
  }
  return { values: out, width: kept };
}

/** The table beside the indicators of its clusters. */
function withIndicators({ values, width }: Table): Table {
  const frames = values.length / width;
  const count = Math.min(clusters, Math.floor(frames / 20));
  const cluster = kMeans(Float32Array.from(values), width, count);
  const wide = new Float64Array(frames * (width + count));
  for (let frame = 0; frame < frames; frame++) {
    wide.set(values.subarray(frame * width, (frame + 1) * width), frame * (width + count));
    wide[frame * (width + count) + width + cluster[frame]] = 1;
  }
  return { values: wide, width: width + count };
}
