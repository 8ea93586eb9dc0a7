import {
  centred,
  covariancesOf,
  addMoments,
  connectedCells,
  firstEnds,
  koopmanWeights,
  laggedMoments,
  noMoments,
  weightsOfRows,
  type KoopmanWeights,
} from '../../kinetics/index.js';
import { kMeansCentres, nearestCentres, slowDirections } from '../../models/index.js';
import { effectiveSampleSize, framesIn } from '../../sampling/index.js';
import { LatentcvError, percent } from '../../support/index.js';
import type { Segment } from '../../frames/index.js';
import type { KoopmanBasis } from '../choices.js';
import type { Equilibrium, Reals, Tables } from '../learnable.js';

/** Cells are sought along so many directions; there are so many of them, each with so many pairs at least. */
const mostDirections = 4;
const mostCells = 50;
const pairsInCell = 100;
/** Part of the pairs that may begin where no trajectory comes back from. */
const mostCutOff = 0.05;

/**
 * Koopman weights of frames that did not start in equilibrium (see `koopmanWeights`), of all pairs a lag apart, those that
 * validate too: weights are a property of the data, as those of a bias are. A weight below 0 counts as 0, since a loss that
 * frames make smaller by being worse has no least value.
 * @param lag in frames
 * @throws LatentcvError `bad-data` where the frames tell no weights
 */
export function equilibriumWeights(
  basis: KoopmanBasis,
  { features, width }: Tables,
  segments: readonly Segment[],
  lag: number,
): Equilibrium {
  const table = { values: features, width };
  const cells = cellsOf(table, segments, lag);
  const { weigh, fitted } = basis === 'linear' ? linear(table, segments, lag) : byCells(cells, segments, lag);
  const raw = weigh(features);
  const ends = firstEnds(segments, lag);
  const weights = new Float64Array(raw.length);
  let [negative, sum] = [0, 0];
  for (const { start, end } of ends)
    for (let frame = start; frame < end; frame++) {
      weights[frame] = Math.max(0, raw[frame]);
      sum += weights[frame];
      if (raw[frame] < 0) negative++;
    }
  const pairs = framesIn(ends);
  return {
    weights: weights.map((weight) => (weight * weights.length) / sum),
    weigh: (rows) => weigh(rows).map((weight) => (Math.max(0, weight) * pairs) / sum),
    record: {
      basis,
      functions: fitted.functions,
      condition: fitted.condition,
      error: fitted.error / fitted.size,
      negative: negative / pairs,
      cutOff: cells.cutOff,
      pairs,
      effectiveSize: effectiveSampleSize(weights),
    },
  };
}

interface Rows {
  values: Reals;
  width: number;
}

/** Weights of rows of scaled features, and what they were fitted to be. */
interface WeightFunction {
  weigh: (features: Reals) => Float64Array;
  fitted: KoopmanWeights;
}

function linear(table: Rows, segments: readonly Segment[], lag: number): WeightFunction {
  const fitted = koopmanWeights(table, segments, lag);
  return { fitted, weigh: (values) => weightsOfRows({ values, width: table.width }, fitted) };
}

/** A Markov state model: its populations against those of the frames. */
function byCells(
  { cell, count, cellOf, cutOff }: Cells,
  segments: readonly Segment[],
  lag: number,
): WeightFunction {
  if (cutOff > mostCutOff) throw disconnected(cutOff);
  const values = new Float32Array(cell.length * count);
  cell.forEach((index, frame) => (values[frame * count + index] = 1));
  const fitted = koopmanWeights({ values, width: count }, segments, lag);
  const { constant, coefficients } = fitted;
  return {
    fitted,
    weigh: (features) => Float64Array.from(cellOf(features), (index) => constant + coefficients[index]),
  };
}

/** Cells of scaled features, those taken together from which trajectories do not come back. */
interface Cells {
  count: number;
  /** Of each frame. */
  cell: Int32Array;
  cellOf: (features: Reals) => Int32Array;
  /** Part of the pairs that begin where no trajectory comes back from. */
  cutOff: number;
}

function cellsOf(table: Rows, segments: readonly Segment[], lag: number): Cells {
  const toSlow = slowProjection(table, segments, lag);
  const [slow, width] = [toSlow(table.values), Math.min(mostDirections, table.width)];
  const ends = framesIn(firstEnds(segments, lag));
  const count = Math.max(2, Math.min(mostCells, Math.floor(ends / pairsInCell)));
  const centres = kMeansCentres(slow, width, count);
  const nearest = nearestCentres(slow, width, centres);
  const { merged, cutOff } = connectedCells(nearest, centres, segments, lag);
  return {
    ...{ count, cutOff },
    cell: nearest.map((index) => merged[index]),
    cellOf: (features) => nearestCentres(toSlow(features), width, centres).map((index) => merged[index]),
  };
}

function disconnected(cutOff: number): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected trajectories that pass between the states both ways but received ${percent(cutOff)} of the pairs where none comes back to the others`,
    'give trajectories that connect the states, or longer ones; nothing tells how often states are visited that none passes between',
  );
}

/** Onto the slowest linear directions, each as long as it is slow; they only say where cells are wanted. */
function slowProjection(
  { values, width }: Rows,
  segments: readonly Segment[],
  lag: number,
): (features: Reals) => Float64Array {
  const table = centred({ values: Float64Array.from(values), width });
  const moments = segments.reduce(
    (total, segment) => addMoments([total, laggedMoments(table, segment, lag)]),
    noMoments(width),
  );
  const { directions, eigenvalues } = slowDirections(covariancesOf(moments));
  const kept = Math.min(mostDirections, width);
  const columns = Array.from({ length: kept }, (_, j) =>
    directions.getColumn(j).map((value) => value * Math.max(0, eigenvalues[j])),
  );
  return (features) => {
    const out = new Float64Array((features.length / width) * kept);
    for (let row = 0, at = 0; at < out.length; row++)
      for (const column of columns) {
        for (let i = 0; i < width; i++) out[at] += features[row * width + i] * column[i];
        at++;
      }
    return out;
  };
}
