import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import type { Column, Dataset } from '../frames/index.js';
import { saveModel } from '../onnx/index.js';
import {
  newModel,
  splitRoles,
  storeSample,
  train,
  trainSettings,
  trainStream,
  type CheckpointOptions,
  type FrameStore,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';

/** What every training takes, wherever its frames come from. */
export interface TrainModel {
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  hooks?: Pick<WorkerHooks, 'onEpoch' | 'signal'>;
  /** How the training is kept in `<output>.checkpoint` until it is done. */
  checkpoint?: Omit<CheckpointOptions, 'file'>;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
}

export interface TrainedModel {
  output: string;
  encoder: TrainedEncoder;
  /** The frames, or the sample of them that was analysed where they stay on disk. */
  dataset: Dataset;
  /** Frames in the files. */
  frames: number;
  descriptors?: DescriptorSet;
}

type Run = (columns: Column[], training: TrainOptions, hooks: WorkerHooks) => Promise<TrainedEncoder>;

/** The frames in memory, or a sample of those on disk, and what trains on them. */
export interface OpenFrames {
  dataset: Dataset;
  run: Run;
}

export function framesInMemory(dataset: Dataset): OpenFrames {
  return { dataset, run: (columns, training, hooks) => train({ ...dataset, columns }, training, hooks) };
}

export function framesOnDisk(store: FrameStore, settings: TrainSettings): OpenFrames {
  return {
    dataset: storeSample(store, settings),
    run: (columns, training, hooks) => trainStream({ ...store, columns }, training, hooks),
  };
}

/**
 * Trains on frames, writes the model beside its place and renames it. With `descriptors`, one per column that is
 * learned from, PLUMED can evaluate it from atoms.
 */
export async function trainModel(
  job: TrainModel,
  { dataset, run }: OpenFrames,
  descriptors?: DescriptorSet,
): Promise<TrainedModel> {
  const { output, onWarning, training = {} } = job;
  const { inputs } = splitRoles(dataset, trainSettings(training));
  const columns = descriptors ? withQuantities(dataset, inputs, descriptors) : dataset.columns;
  const checkpoint = { file: `${output}.checkpoint`, ...job.checkpoint };
  if (!checkpoint.resume && existsSync(checkpoint.file))
    onWarning?.(`${checkpoint.file} of a training that did not finish is replaced; --resume goes on from it`);
  const encoder = await run(columns, training, { ...job.hooks, ...(onWarning && { onWarning }), checkpoint });
  await saveModel(output, newModel(dataset, encoder, descriptors));
  await rm(checkpoint.file, { force: true });
  return { output, encoder, dataset, frames: encoder.record.frames, ...(descriptors && { descriptors }) };
}

/** The columns told apart into lengths, counts, …, as the descriptors have them. */
function withQuantities(
  { columns }: Dataset,
  inputs: Pick<Dataset, 'columns'>,
  descriptors: DescriptorSet,
): Column[] {
  const quantities = new Map(
    inputs.columns.map(
      ({ label }, i) => [label, descriptorKinds[descriptors.items[i].kind].quantity] as const,
    ),
  );
  return columns.map((column) => {
    const quantity = quantities.get(column.label);
    return quantity === undefined ? column : { ...column, quantity };
  });
}
