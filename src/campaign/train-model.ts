import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { descriptorKinds, type DescriptorSet } from '../descriptors/index.js';
import type { Column, Dataset } from '../frames/index.js';
import { saveModel, type NewModel } from '../onnx/index.js';
import {
  newModel,
  splitRoles,
  trainSettings,
  type CheckpointOptions,
  type EpochReport,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';
import { ensembleModel } from './ensemble-model.js';
import { withoutIdle, type OpenFrames } from './open-frames.js';
import { checkKeep, keptFrames, rankInputs, type InputRanking } from './rank-inputs.js';

/** What every training takes, wherever its frames come from. */
export interface TrainModel {
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  /** Members of an ensemble, from seeds one after the other; default 1: a single encoder. */
  ensemble?: number;
  /** Inputs that are kept: those that move the CVs of a first model on all of them most. */
  keep?: number;
  hooks?: Pick<WorkerHooks, 'onEpoch' | 'signal'> & { onStage?: (stage: TrainingStage) => void };
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
  /** How the inputs were chosen, with `keep`. */
  ranking?: InputRanking;
  descriptors?: DescriptorSet;
}

/** What follows: a first model on all inputs, which ranks them, or the model itself. */
export interface TrainingStage {
  name: 'ranking' | 'training';
  inputs: number;
  /** Models that are trained in it. */
  models: number;
}

/** The descriptors that a table's inputs are. */
export type Describe = (inputs: Column[]) => DescriptorSet | Promise<DescriptorSet>;

/** Frames that are learned from, and what they are of. */
interface Ready {
  frames: OpenFrames;
  /** All columns, the inputs with their quantities. */
  columns: Column[];
  inputs: number;
  descriptors?: DescriptorSet;
}

/**
 * Trains on frames, writes the model beside its place and renames it. Inputs that tell nothing are left out first. With
 * descriptors PLUMED can evaluate the model from atoms.
 */
export async function trainModel(
  job: TrainModel,
  frames: OpenFrames,
  describe?: Describe,
): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  if (job.keep !== undefined) checkKeep(job.keep, settings);
  const checkpoints = checkpointsOf(job);
  const all = await made(withoutIdle(frames, settings, job.onWarning), settings, describe);
  const ranking = await ranked(job, all, settings, checkpoints.ranking);
  const ready = ranking ? await made(keptFrames(all.frames, ranking), settings, describe) : all;
  const members = await trainMembers(job, ready, settings, checkpoints.members);
  const { descriptors } = ready;
  const { dataset } = ready.frames;
  await saveModel(job.output, withRanking(modelOf(dataset, members, descriptors), ranking));
  for (const file of [checkpoints.ranking, ...checkpoints.members]) await rm(file, { force: true });
  const [encoder] = members;
  return {
    output: job.output,
    encoder,
    dataset,
    frames: encoder.record.frames,
    ...(members.length > 1 && { members }),
    ...(ranking && { ranking }),
    ...(descriptors && { descriptors }),
  };
}

async function made(frames: OpenFrames, settings: TrainSettings, describe?: Describe): Promise<Ready> {
  const { inputs } = splitRoles(frames.dataset, settings);
  const descriptors = await describe?.(inputs.columns);
  const { columns } = frames.dataset;
  return {
    frames,
    columns: descriptors ? withQuantities(columns, inputs, descriptors) : columns,
    inputs: inputs.columns.length,
    ...(descriptors && { descriptors }),
  };
}

/** Trains a first model where inputs are to be chosen, and ranks them by it. */
async function ranked(
  { keep, output, training, hooks = {}, checkpoint, onWarning }: TrainModel,
  { frames, columns, inputs }: Ready,
  settings: TrainSettings,
  file: string,
): Promise<InputRanking | undefined> {
  if (keep === undefined) return undefined;
  if (keep >= inputs) {
    onWarning?.(`all ${inputs} inputs are kept in ${output}: there are no more than ${keep}`);
    return undefined;
  }
  hooks.onStage?.({ name: 'ranking', inputs, models: 1 });
  const { onEpoch, signal } = hooks;
  const first = await frames.run(columns, training ?? {}, {
    ...(onEpoch && { onEpoch }),
    ...(signal && { signal }),
    ...(onWarning && { onWarning }),
    checkpoint: { file, ...checkpoint },
  });
  return rankInputs(first, frames, settings, keep);
}

async function trainMembers(
  job: TrainModel,
  { frames, columns, inputs }: Ready,
  settings: TrainSettings,
  checkpoints: readonly string[],
): Promise<TrainedEncoder[]> {
  job.hooks?.onStage?.({ name: 'training', inputs, models: checkpoints.length });
  const members: TrainedEncoder[] = [];
  for (const [m, file] of checkpoints.entries()) {
    const hooks = { ...memberHooks(job, settings, m), checkpoint: { file, ...job.checkpoint } };
    members.push(await frames.run(columns, { ...job.training, seed: settings.seed + m }, hooks));
  }
  return members;
}

function modelOf(
  dataset: Dataset,
  members: readonly TrainedEncoder[],
  descriptors?: DescriptorSet,
): NewModel {
  return members.length > 1
    ? ensembleModel(dataset, members, descriptors)
    : newModel(dataset, members[0], descriptors);
}

/** The model whose record of its training tells how its inputs were chosen. */
function withRanking(model: NewModel, ranking: InputRanking | undefined): NewModel {
  if (!ranking) return model;
  const { metadata } = model;
  return { ...model, metadata: { ...metadata, training: { ...(metadata.training as object), ranking } } };
}

/** Where a training is kept until it is done; tells of what is there and is not gone on from. */
function checkpointsOf({ output, ensemble = 1, checkpoint, onWarning }: TrainModel): {
  ranking: string;
  members: string[];
} {
  const members = Array.from({ length: ensemble }, (_, m) => checkpointFile(output, m));
  const files = { ranking: `${output}.ranking.checkpoint`, members };
  const left = [files.ranking, members[0]].find((file) => existsSync(file));
  if (!checkpoint?.resume && left !== undefined)
    onWarning?.(`${left} of a training that did not finish is replaced; --resume goes on from it`);
  return files;
}

const checkpointFile = (output: string, member: number): string =>
  member === 0 ? `${output}.checkpoint` : `${output}.member-${member + 1}.checkpoint`;

/** Members count as restarts in what is told of the progress. */
function memberHooks({ hooks = {}, onWarning }: TrainModel, { restarts }: TrainSettings, member: number) {
  const { onEpoch, signal } = hooks;
  return {
    ...(signal && { signal }),
    ...(onEpoch && {
      onEpoch: (report: EpochReport) => onEpoch({ ...report, restart: report.restart + member * restarts }),
    }),
    ...(onWarning && { onWarning }),
  };
}

/** The columns told apart into lengths, counts, …, as the descriptors have them. */
function withQuantities(
  columns: readonly Column[],
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
