import { descriptorUnits, periodProblem, type DescriptorSet } from '../../descriptors/index.js';
import type { Dataset } from '../../frames/index.js';
import type { ModelInput, ModelOutput, NewModel } from '../../onnx/index.js';
import { LatentcvError, expectObject } from '../../support/index.js';
import { angleDomain } from './angles.js';
import type { TrainedEncoder } from './trained-encoder.js';

/**
 * Refuses descriptors that are not what the columns are: another number of them, or a torsion whose column has no
 * period (a COLVAR tells it by `#! SET min_phi -pi`).
 * @throws LatentcvError `bad-argument`
 */
export function checkDescriptors({ columns }: Pick<Dataset, 'columns'>, { items }: DescriptorSet): void {
  if (items.length !== columns.length) {
    throw new LatentcvError(
      'bad-argument',
      `expected ${columns.length} descriptors but received ${items.length}`,
    );
  }
  columns.forEach(({ label, period }, i) => {
    const problem = periodProblem(items[i], period);
    if (problem !== undefined)
      throw new LatentcvError('bad-argument', `column ${label}: expected ${problem}`);
  });
}

/**
 * A trained encoder, and what its file tells of it. With `descriptors` (one per column that was learned from, in their
 * order) the model can be evaluated from atoms.
 * @throws LatentcvError `bad-argument` where the descriptors are not what the columns are
 */
export function newModel(encoder: TrainedEncoder, descriptors?: DescriptorSet): NewModel {
  expectObject(encoder, 'encoder', 'an encoder, as train gives it,');
  expectObject(encoder.graph, 'encoder.graph', 'an encoder, as train gives it,');
  if (descriptors) checkDescriptors(encoder.inputs, descriptors);
  return {
    ...encoder.graph,
    precision: encoder.precision,
    metadata: {
      method: encoder.method,
      references: encoder.references,
      network: encoder.network,
      inputs: modelInputs(encoder, descriptors),
      outputs: modelOutputs(encoder),
      ...(descriptors ? { descriptors } : {}),
      ...(encoder.kolmogorov && encoder.graph.sides?.kolmogorov ? { kolmogorov: encoder.kolmogorov } : {}),
      ...(encoder.properties ? { properties: encoder.properties } : {}),
      check: { inputs: encoder.check },
      training: encoder.record,
    },
  };
}

function modelInputs(
  { inputs: { columns, min, max } }: TrainedEncoder,
  descriptors?: DescriptorSet,
): ModelInput[] {
  return columns.map(({ label, period }, i) => ({
    label,
    unit: descriptors ? descriptorUnits[descriptors.items[i].kind] : '',
    ...(period ? { period } : {}),
    min: min[i],
    max: max[i],
  }));
}

function modelOutputs({ outputs: { min, max, angles = 0 } }: TrainedEncoder): ModelOutput[] {
  return min.map((low, i) => ({
    name: `node-${i}`,
    ...(i < angles && { period: angleDomain }),
    min: low,
    max: max[i],
  }));
}
