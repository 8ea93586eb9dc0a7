import { readFile } from 'node:fs/promises';
import type { DescriptorSet } from '../descriptors/index.js';
import { readColvar, type ColvarDataset, type ColvarOptions } from '../frames/index.js';
import { saveModel } from '../onnx/index.js';
import { descriptorsFromPlumed, parsePlumedInput } from '../plumed/index.js';
import { LatentcvError } from '../support/errors.js';
import {
  checkDescriptors,
  newModel,
  splitRoles,
  train,
  trainSettings,
  type FitHooks,
  type TrainedEncoder,
  type TrainOptions,
} from '../training/index.js';

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
  hooks?: FitHooks;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
}

export interface TrainedModel {
  output: string;
  encoder: TrainedEncoder;
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
  const descriptors = await describe(job, dataset);
  const encoder = await train(dataset, job.training, job.hooks);
  await saveModel(output, newModel(dataset, encoder, descriptors));
  return { output, encoder, dataset, ...(descriptors && { descriptors }) };
}

/** The columns as descriptors, where a PLUMED input tells; refused where it tells something else. */
async function describe(job: TrainFromColvar, dataset: ColvarDataset): Promise<DescriptorSet | undefined> {
  const { plumedInput, training, onWarning } = job;
  if (plumedInput === undefined) return undefined;
  const text = await readFile(plumedInput, 'utf8').catch((error: Error) => {
    throw new LatentcvError(
      'file-not-found',
      `cannot read the PLUMED input ${plumedInput}: ${error.message}`,
    );
  });
  const { inputs } = splitRoles(dataset, trainSettings(training ?? {}));
  const labels = inputs.columns.map(({ label }) => label);
  const found = descriptorsFromPlumed(parsePlumedInput(text, plumedInput), labels);
  if (!found.descriptors) {
    throw new LatentcvError(
      'plumed-input',
      `the columns cannot be evaluated from atoms: ${found.reason}`,
      'choose columns that are distances, angles, torsions or coordination, or leave the PLUMED input out: the model then takes ARG=',
    );
  }
  checkDescriptors(inputs, found.descriptors);
  if (found.note !== undefined) onWarning?.(found.note);
  return found.descriptors;
}
