import { descriptorUnits, periodProblem, type DescriptorSet } from '../../descriptors/index.js';
import type { Dataset } from '../../frames/index.js';
import type { ModelInput, ModelOutput, NewModel } from '../../onnx/index.js';
import { LatentcvError } from '../../support/index.js';
import { splitRoles } from '../data/index.js';
import type { TrainedEncoder } from '../train.js';

/**
 * Refuses descriptors that are not what the columns are: another number of them, or a torsion whose column has no
 * period (a COLVAR tells it by `#! SET min_phi -pi`). Throws `bad-argument`.
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
 * A trained encoder, with the table it was trained on, and what its file tells of it. With `descriptors` (one per
 * column that was learned from, in their order) the model can be evaluated from atoms.
 */
export function newModel(table: Dataset, encoder: TrainedEncoder, descriptors?: DescriptorSet): NewModel {
  const { inputs: dataset } = splitRoles(table, encoder.record.settings);
  if (descriptors) checkDescriptors(dataset, descriptors);
  return {
    ...encoder.graph,
    precision: encoder.precision,
    metadata: {
      method: encoder.method,
      references: encoder.references,
      network: encoder.network,
      inputs: modelInputs(dataset, encoder, descriptors),
      outputs: modelOutputs(encoder),
      ...(descriptors ? { descriptors } : {}),
      ...(encoder.properties ? { properties: encoder.properties } : {}),
      check: { inputs: checkFrames(encoder).map((frame) => frameOf(dataset, frame)) },
      training: encoder.record,
    },
  };
}

function modelInputs(
  { columns }: Dataset,
  encoder: TrainedEncoder,
  descriptors?: DescriptorSet,
): ModelInput[] {
  return columns.map(({ label, period }, i) => ({
    label,
    unit: descriptors ? descriptorUnits[descriptors.items[i].kind] : '',
    ...(period ? { period } : {}),
    min: encoder.inputs.min[i],
    max: encoder.inputs.max[i],
  }));
}

function modelOutputs({ outputs: { min, max } }: TrainedEncoder): ModelOutput[] {
  return min.map((low, i) => ({ name: `node-${i}`, min: low, max: max[i] }));
}

/** Frames at the first CV's two ends and its median: they reach every part of the latent that matters. */
function checkFrames({ cv, outputs }: TrainedEncoder): number[] {
  const k = outputs.min.length;
  const first = Float64Array.from({ length: cv.length / k }, (_, i) => cv[i * k]);
  const sorted = first.toSorted();
  return [0, sorted.length >> 1, sorted.length - 1].map((rank) => frameOfRank(first, sorted, rank));
}

/** The frame that a stable sort puts at a rank; sorting the numbers alone takes a tenth of the time. */
function frameOfRank(values: Float64Array, sorted: Float64Array, rank: number): number {
  const value = sorted[rank];
  let frame = values.indexOf(value);
  for (let before = sorted.indexOf(value); before < rank; before++) frame = values.indexOf(value, frame + 1);
  return frame;
}

function frameOf({ data, columns }: Dataset, frame: number): number[] {
  return [...data.subarray(frame * columns.length, (frame + 1) * columns.length)];
}
