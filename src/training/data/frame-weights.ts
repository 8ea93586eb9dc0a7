import { columnValues, type Dataset } from '../../frames/index.js';
import {
  logAcceleration,
  replicasOf,
  scaledWeights,
  weightScales,
  type Replica,
} from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { named } from './named-columns.js';
import type { OwnDynamics, Roles } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/** The settings that say what frames weigh. */
type WeightSettings = Pick<
  TrainSettings,
  'weights' | 'pairsFrom' | 'bias' | 'temperature' | 'temperatures' | 'replicas'
>;

type Weights = Pick<
  Roles,
  'weights' | 'pairWeights' | 'ownDynamics' | 'allBiased' | 'weightMean' | 'scales' | 'logAcceleration'
>;

/** What is known of weights from the larger table. */
type KnownWeights = Pick<Partial<Roles>, 'scales' | 'weightMean' | 'ownDynamics'>;

/**
 * What frames weigh, 1 on average: by a column of weights, or by a bias as free energies take it. With `like`, as in the
 * table that this one is another part of.
 * @throws LatentcvError `bad-data`, `bad-argument` for a bias without a temperature
 */
export function frameWeights(
  dataset: Dataset,
  settings: WeightSettings,
  like?: KnownWeights,
): Weights | undefined {
  const { weights, pairsFrom } = settings;
  if (weights !== undefined) {
    const found = columnWeights(dataset, weights, like?.weightMean);
    return pairsFrom ? { ...found, ...pairsOf(dataset, found.weights!, pairsFrom, like) } : found;
  }
  return settings.bias.length > 0 ? biasedWeights(dataset, settings, like) : undefined;
}

/** Pairs of the frames of some files alone; of no file, those of all, which is told. */
function pairsOf(
  dataset: Dataset,
  weights: Float64Array,
  files: readonly string[],
  known?: KnownWeights,
): Pick<Weights, 'pairWeights' | 'ownDynamics' | 'allBiased'> {
  if (files.length === 0) return { allBiased: true };
  const ownDynamics = known?.ownDynamics ?? dynamicsOf(dataset, weights, new Set(files));
  return { ownDynamics, pairWeights: pairWeights(dataset, weights, ownDynamics) };
}

function columnWeights(dataset: Dataset, column: string, known?: number): Weights {
  const [name] = named(dataset, [column]);
  const weights = columnValues(dataset, name);
  const at = weights.findIndex((value) => !(value >= 0 && value < Infinity));
  if (at >= 0) {
    throw new LatentcvError(
      'bad-data',
      `expected weights in ${name} that are not negative but received ${weights[at]}, frame ${at}`,
    );
  }
  const mean = known ?? weights.reduce((sum, value) => sum + value / weights.length, 0);
  if (!(mean > 0)) throw new LatentcvError('bad-data', `expected weights in ${name} that are not all zero`);
  return { weights: weights.map((value) => value / mean), weightMean: mean };
}

function biasedWeights(dataset: Dataset, settings: WeightSettings, known?: KnownWeights): Weights {
  const bias = biasOf(dataset, settings.bias);
  const runs = replicasOf(dataset.segments);
  const temperature = ({ source }: Replica): number => temperatureOfRun(settings, source);
  const { replicas } = settings;
  const scales = known?.scales ?? weightScales(bias, temperature, { runs, replicas });
  const weights = Float64Array.from(scaledWeights(bias, temperature, runs, scales));
  const ownDynamics = known?.scales ? known.ownDynamics : ownDynamicsOf(dataset, bias, weights);
  return {
    weights,
    ...(ownDynamics && { ownDynamics, pairWeights: pairWeights(dataset, weights, ownDynamics) }),
    scales,
    logAcceleration: logAcceleration(runs, scales),
  };
}

/**
 * By source, the runs whose pairs of frames a lag apart count: those without a bias, beside others with one; undefined where all
 * do.
 */
export function runsOfPairs(
  dataset: Dataset,
  { bias, pairsFrom = [], reweightedTime }: Pick<TrainSettings, 'bias' | 'pairsFrom' | 'reweightedTime'>,
): ReadonlySet<string> | undefined {
  if (pairsFrom.length > 0) return new Set(pairsFrom);
  return bias.length === 0 || reweightedTime ? undefined : runsWithoutBias(dataset, biasOf(dataset, bias));
}

/** The runs whose bias is 0 throughout; undefined where that are all of them, or none. */
function runsWithoutBias({ segments }: Dataset, bias: Float64Array): ReadonlySet<string> | undefined {
  const biased = new Set(
    segments.flatMap(({ start, end, source }) => (bias.subarray(start, end).some(Boolean) ? [source] : [])),
  );
  const own = new Set(segments.map(({ source }) => source).filter((source) => !biased.has(source)));
  return own.size === 0 || biased.size === 0 ? undefined : own;
}

function ownDynamicsOf(dataset: Dataset, bias: Float64Array, weights: Float64Array): OwnDynamics | undefined {
  const sources = runsWithoutBias(dataset, bias);
  return sources && dynamicsOf(dataset, weights, sources);
}

function dynamicsOf(
  { segments, frames }: Pick<Dataset, 'segments' | 'frames'>,
  weights: Float64Array,
  sources: ReadonlySet<string>,
): OwnDynamics {
  let sum = 0;
  for (const { start, end, source } of segments)
    if (sources.has(source)) for (let i = start; i < end; i++) sum += weights[i];
  return { sources, scale: sum > 0 ? frames / sum : 1 };
}

/** Of a run under a bias 0: what follows its frames is not the system's own dynamics. */
function pairWeights(
  { segments }: Dataset,
  weights: Float64Array,
  { sources, scale }: OwnDynamics,
): Float64Array {
  const of = new Float64Array(weights.length);
  for (const { start, end, source } of segments)
    if (sources.has(source)) for (let i = start; i < end; i++) of[i] = weights[i] * scale;
  return of;
}

/** Sum of the columns of the bias, kJ/mol. */
function biasOf(dataset: Dataset, columns: readonly string[]): Float64Array {
  const energy = new Float64Array(dataset.frames);
  for (const name of named(dataset, columns))
    columnValues(dataset, name).forEach((value, frame) => (energy[frame] += value));
  const at = energy.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return energy;
  throw new LatentcvError(
    'bad-data',
    `expected a finite bias ${columns.join(' + ')} but received ${energy[at]}, frame ${at}`,
  );
}

/** K: the file's own, else that of all. */
function temperatureOfRun({ temperature, temperatures }: WeightSettings, source: string): number {
  const found = temperatures[source] ?? temperature;
  if (found !== undefined) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected the temperature of ${source}, whose frames weigh by a bias, but found none`,
    'say ‘temperature’ (K), or ‘kT’ for natural units',
  );
}
