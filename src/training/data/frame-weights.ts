import { columnValues, type Dataset } from '../../frames/index.js';
import {
  logAcceleration,
  replicasOf,
  scaledWeights,
  weightScales,
  type Replica,
  type WeightScale,
} from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { named } from './named-columns.js';
import type { Roles } from '../learnable.js';
import type { TrainSettings } from '../options.js';

/** The settings that say what frames weigh. */
type WeightSettings = Pick<TrainSettings, 'weights' | 'bias' | 'temperature' | 'temperatures' | 'replicas'>;

type Weights = Pick<Roles, 'weights' | 'weightMean' | 'scales' | 'logAcceleration'>;

/**
 * What frames weigh, 1 on average: by a column of weights, or by a bias as free energies take it. With `like`, as in the
 * table that this one is another part of.
 * @throws LatentcvError `bad-data`, `bad-argument` for a bias without a temperature
 */
export function frameWeights(
  dataset: Dataset,
  settings: WeightSettings,
  like?: Pick<Partial<Roles>, 'scales' | 'weightMean'>,
): Weights | undefined {
  if (settings.weights !== undefined) return columnWeights(dataset, settings.weights, like?.weightMean);
  return settings.bias.length > 0 ? biasedWeights(dataset, settings, like?.scales) : undefined;
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

function biasedWeights(
  dataset: Dataset,
  settings: WeightSettings,
  known?: ReadonlyMap<string, WeightScale>,
): Weights {
  const bias = biasOf(dataset, settings.bias);
  const runs = replicasOf(dataset.segments);
  const temperature = ({ source }: Replica): number => temperatureOfRun(settings, source);
  const { replicas } = settings;
  const scales = known ?? weightScales(bias, temperature, { runs, replicas });
  return {
    weights: Float64Array.from(scaledWeights(bias, temperature, runs, scales)),
    scales,
    logAcceleration: logAcceleration(runs, scales),
  };
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
