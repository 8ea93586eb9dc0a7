import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { DescriptorSet } from '../descriptors/index.js';
import type { Dataset } from '../frames/index.js';
import { writeModelFile, type NewModel } from '../onnx/index.js';
import {
  mostModelBytes,
  newModel,
  trainSettings,
  type CheckpointOptions,
  type EpochReport,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';
import { ensembleModel } from './ensemble-model.js';
import type { ModelPlace } from './model-place.js';
import { withoutIdle, type OpenFrames } from './open-frames.js';
import { readyFrames, type Describe, type ReadyFrames } from './ready-frames.js';
import { checkpointsOf } from './training-checkpoints.js';
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
  hooks?: Pick<WorkerHooks, 'onEpoch' | 'signal'> & {
    onStage?: (stage: TrainingStage) => void;
    /** Told before the first epoch how many frames are in which state, where they have labels. */
    onStates?: (words: string) => void;
  };
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
  /** Where its most epochs ended it: its checkpoint, from which `resume` with more of them goes on. */
  checkpoint?: { file: string; epochs: number };
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

/**
 * Trains on frames, writes the model beside its place and renames it. Inputs that tell nothing are left out first. With
 * descriptors PLUMED can evaluate the model from atoms.
 */
export async function trainModel(
  job: TrainModel,
  place: ModelPlace,
  frames: OpenFrames,
  describe?: Describe,
): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  if (job.keep !== undefined) checkKeep(job.keep, settings);
  const checkpoints = checkpointsOf(job);
  const all = await readyFrames(withoutIdle(frames, settings, job.onWarning), settings, describe);
  if (all.states !== undefined) job.hooks?.onStates?.(all.states);
  await keepRoom(job, place, all, settings);
  const ranking = await ranked(job, all, settings, checkpoints.ranking);
  const ready = ranking ? await readyFrames(keptFrames(all.frames, ranking), settings, describe) : all;
  const members = await trainMembers(job, ready, settings, checkpoints.members);
  const { descriptors } = ready;
  const { dataset } = ready.frames;
  const files = [checkpoints.ranking, ...checkpoints.members];
  const model = withRanking(modelOf(dataset, members, descriptors), ranking);
  await place.save(writeModelFile(model), files);
  const checkpoint = keptCheckpoint(members, checkpoints.members);
  if (!checkpoint) for (const file of files) await rm(file, { force: true });
  const [encoder] = members;
  return {
    output: job.output,
    encoder,
    dataset,
    frames: encoder.record.frames,
    members: members.length > 1 ? members : undefined,
    checkpoint,
    ranking,
    descriptors,
  };
}

/** Room for the model, before anything is trained. */
function keepRoom(
  { ensemble = 1, keep }: TrainModel,
  place: ModelPlace,
  { frames, columns, inputs, descriptors }: ReadyFrames,
  settings: TrainSettings,
): Promise<void> {
  const kept = Math.min(keep ?? inputs, inputs);
  return place.keepRoom(
    mostModelBytes({
      columns: columns.toSorted((a, b) => b.label.length - a.label.length).slice(0, kept),
      settings,
      frames: frames.frames,
      members: ensemble,
      ranked: keep === undefined ? undefined : columns,
      descriptors,
    }),
  );
}

/** Where its most epochs ended a training, all of its checkpoints are kept. */
function keptCheckpoint(
  members: readonly TrainedEncoder[],
  files: readonly string[],
): TrainedModel['checkpoint'] {
  const epochs = members.find(({ atMostEpochs }) => atMostEpochs !== undefined)?.atMostEpochs;
  if (epochs === undefined || !files.every((file) => existsSync(file))) return undefined;
  return { file: files[0], epochs };
}

/** Trains a first model where inputs are to be chosen, and ranks them by it. */
async function ranked(
  { keep, output, training, hooks = {}, checkpoint, onWarning }: TrainModel,
  { frames, columns, inputs }: ReadyFrames,
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
    onEpoch,
    signal,
    onWarning,
    // with more epochs, too, the inputs stay those that it chose
    checkpoint: { file, ...checkpoint, ...(checkpoint?.resume && { resume: 'as-it-was' }) },
  });
  return rankInputs(first, frames, settings, keep);
}

async function trainMembers(
  job: TrainModel,
  { frames, columns, inputs }: ReadyFrames,
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

/** Members count as restarts in what is told of the progress. */
function memberHooks({ hooks = {}, onWarning }: TrainModel, { restarts }: TrainSettings, member: number) {
  const { onEpoch, signal } = hooks;
  return {
    signal,
    onEpoch:
      onEpoch &&
      ((report: EpochReport) => onEpoch({ ...report, restart: report.restart + member * restarts })),
    onWarning,
  };
}
