import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import { readColvar, type ColvarDataset, type ColvarOptions, type Dataset } from '../frames/index.js';
import { saveModel } from '../onnx/index.js';
import {
  newModel,
  splitRoles,
  train,
  trainSettings,
  type FitHooks,
  type TrainedEncoder,
  type TrainOptions,
} from '../training/index.js';
import { ensembleModel } from './ensemble-model.js';
import { plumedDescriptors } from './plumed-descriptors.js';

export interface TrainFromColvar {
  /** COLVAR files, in order; restarts of one another or separate trajectories. */
  files: readonly string[];
  /** Columns to learn from, times, stride, … */
  reading?: ColvarOptions;
  /** The PLUMED input that wrote the files: tells which atoms each column is of, so that `ATOMS=` works. */
  plumedInput?: string;
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  /** Members of an ensemble, from seeds one after the other; default 1: a single encoder. */
  ensemble?: number;
  hooks?: FitHooks;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
}

export interface TrainedModel {
  output: string;
  /** Of an ensemble, its first member. */
  encoder: TrainedEncoder;
  /** All members of an ensemble. */
  members?: TrainedEncoder[];
  dataset: ColvarDataset;
  descriptors?: DescriptorSet;
}

/**
 * From COLVAR files to a model file: read, check, train, write beside and rename.
 * @throws LatentcvError before the first epoch where files, columns and settings do not fit.
 */
export async function trainFromColvar(job: TrainFromColvar): Promise<TrainedModel> {
  const { files, reading, output, onWarning } = job;
  const dataset = await readColvar(files, { ...reading, ...(onWarning && { onWarning }) });
  const { plumedInput, training } = job;
  const { inputs } = splitRoles(dataset, trainSettings(training ?? {}));
  const descriptors =
    plumedInput === undefined ? undefined : await plumedDescriptors(plumedInput, inputs, onWarning);
  const members = await trainMembers(withQuantities(dataset, inputs, descriptors), job);
  const [encoder] = members;
  const several = members.length > 1;
  const model = several
    ? ensembleModel(dataset, members, descriptors)
    : newModel(dataset, encoder, descriptors);
  await saveModel(output, model);
  return { output, encoder, dataset, ...(several && { members }), ...(descriptors && { descriptors }) };
}

/** One after the other, from the seed up. */
async function trainMembers(
  table: ColvarDataset,
  { training, hooks, ensemble = 1 }: TrainFromColvar,
): Promise<TrainedEncoder[]> {
  const { seed } = trainSettings(training ?? {});
  const members: TrainedEncoder[] = [];
  for (let m = 0; m < ensemble; m++) members.push(await train(table, { ...training, seed: seed + m }, hooks));
  return members;
}

/** The same frames, their columns told apart into lengths, counts, … where the descriptors are known. */
function withQuantities(
  dataset: ColvarDataset,
  inputs: Dataset,
  descriptors: DescriptorSet | undefined,
): ColvarDataset {
  if (!descriptors) return dataset;
  const quantities = new Map(
    inputs.columns.map(
      ({ label }, i) => [label, descriptorKinds[descriptors.items[i].kind].quantity] as const,
    ),
  );
  const columns = dataset.columns.map((column) => {
    const quantity = quantities.get(column.label);
    return quantity === undefined ? column : { ...column, quantity };
  });
  return { ...dataset, columns };
}
