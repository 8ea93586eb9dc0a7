import { descriptorLabels, type DescriptorSet } from '../descriptors/index.js';
import { methods } from '../models/index.js';
import { LatentcvError } from '../support/index.js';
import type { TrainSettings } from '../training/index.js';
import { massMetric, mostMetricPairs, type MassMetric } from '../trajectories/index.js';

/** The descriptors of trajectories, and whose masses their atoms have. */
export interface MetricOf {
  set: DescriptorSet;
  /** Labels of those that are not learned from. */
  aside: readonly string[];
  /** amu, 0 where not known, of all atoms of the system. */
  masses: Float64Array;
  onWarning?: ((message: string) => void) | undefined;
}

/**
 * What a method that takes gradients by mass-weighted coordinates needs of trajectories' frames; undefined where the method takes none,
 * or is told to take them by its inputs (`gradient=inputs`).
 * @throws LatentcvError `bad-argument` where they are asked for (`gradient=atoms`) and an atom has no mass
 */
export function metricFor(
  { method, methodOptions: { gradient } }: Pick<TrainSettings, 'method' | 'methodOptions'>,
  { set, aside, masses, onWarning }: MetricOf,
): MassMetric | undefined {
  if (method === 'auto' || !methods[method].needs.metric || gradient === 'inputs') return undefined;
  const labels = descriptorLabels(set);
  const metric = massMetric(set, masses, (place) => !aside.includes(labels[place]));
  const known = typeof metric !== 'string';
  if (!known && gradient === 'atoms')
    throw new LatentcvError(
      'bad-argument',
      `expected masses of all atoms for gradient=atoms but ${metric}`,
      'give a structure that tells elements or masses (PDB, PSF), or gradient=inputs',
    );
  if (known && (gradient === 'atoms' || metric.pairs.length <= mostMetricPairs)) return metric;
  const why = known
    ? `that takes ${metric.pairs.length} more numbers a frame (gradient=atoms takes them all the same)`
    : metric;
  onWarning?.(`∇q of the loss is by the scaled inputs, not by the atoms’ mass-weighted coordinates: ${why}`);
  return undefined;
}
