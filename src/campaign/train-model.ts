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
  type EpochReport,
  type FrameStore,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';
import { ensembleModel } from './ensemble-model.js';

/** What every training takes, wherever its frames come from. */
export interface TrainModel {
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  /** Members of an ensemble, from seeds one after the other; default 1: a single encoder. */
  ensemble?: number;
  hooks?: Pick<WorkerHooks, 'onEpoch' | 'signal'>;
  /** How the training is kept in `<output>.checkpoint` until it is done. */
  checkpoint?: Omit<CheckpointOptions, 'file'>;
  /** Told of everything unusual that does not stop the training. */
  onWarning?: (message: string) => void;
}

export interface TrainedModel {
  output: string;
  /** Of an ensemble, its first member. */
  encoder: TrainedEncoder;
  /** All members of an ensemble. */
  members?: TrainedEncoder[];
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
  const { output, onWarning, training } = job;
  const settings = trainSettings(training ?? {});
  const { inputs } = splitRoles(dataset, settings);
  const columns = descriptors ? withQuantities(dataset, inputs, descriptors) : dataset.columns;
  const checkpoints = Array.from({ length: job.ensemble ?? 1 }, (_, m) => checkpointFile(output, m));
  if (!job.checkpoint?.resume && existsSync(checkpoints[0]))
    onWarning?.(`${checkpoints[0]} of a training that did not finish is replaced; --resume goes on from it`);
  const members: TrainedEncoder[] = [];
  for (const [m, file] of checkpoints.entries()) {
    const hooks = { ...memberHooks(job, settings, m), checkpoint: { file, ...job.checkpoint } };
    members.push(await run(columns, { ...training, seed: settings.seed + m }, hooks));
  }
  const [encoder] = members;
  const several = members.length > 1;
  const model = several
    ? ensembleModel(dataset, members, descriptors)
    : newModel(dataset, encoder, descriptors);
  await saveModel(output, model);
  for (const file of checkpoints) await rm(file, { force: true });
  return {
    output,
    encoder,
    dataset,
    frames: encoder.record.frames,
    ...(several && { members }),
    ...(descriptors && { descriptors }),
  };
}

const checkpointFile = (output: string, member: number): string =>
  member === 0 ? `${output}.checkpoint` : `${output}.member-${member + 1}.checkpoint`;

/** Members count as restarts in what is told of the progress. */
function memberHooks({ hooks = {}, onWarning }: TrainModel, { restarts }: TrainSettings, member: number) {
  const { onEpoch } = hooks;
  return {
    ...hooks,
    ...(onEpoch && {
      onEpoch: (report: EpochReport) => onEpoch({ ...report, restart: report.restart + member * restarts }),
    }),
    ...(onWarning && { onWarning }),
  };
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
