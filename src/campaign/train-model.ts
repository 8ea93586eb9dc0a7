import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { DescriptorSet } from '../descriptors/index.js';
import { dropColumns, type Dataset } from '../frames/index.js';
import { writeModelFile, type NewModel } from '../onnx/index.js';
import {
  mostModelBytes,
  newModel,
  train,
  trainSettings,
  withoutInputs,
  type CheckpointOptions,
  type LearnableFrames,
  type TrainedEncoder,
  type TrainingHooks,
  type TrainOptions,
  type TrainSettings,
} from '../training/index.js';
import type { PropertiesRecord } from '../properties/index.js';
import { disagreement, ensembleModel, expectPlain } from './ensemble-model.js';
import { heldOutProperties } from './property-rows/index.js';
import type { ModelPlace } from './model-place.js';
import type { OpenFrames } from './open-frames.js';
import { checkKeep, notKept, rankInputs, type InputRanking } from './rank-inputs.js';
import {
  framesOf,
  learnedFrom,
  readyFrames,
  stateCountsInWords,
  type Describe,
  type ReadyFrames,
} from './ready-frames.js';
import { checkpointsOf } from './training-checkpoints.js';

/** What every training takes, wherever its frames come from. */
export interface TrainingJob {
  /** Where the model file goes. */
  output: string;
  training?: TrainOptions;
  /** Members of an ensemble, from seeds one after the other; default 5 of rows with properties, else 1: a single encoder. */
  ensemble?: number;
  /** Of rows with properties: each is predicted by trainings of so many folds that have not seen it. */
  folds?: number;
  /** Inputs that are kept: those that move the CVs of a first model on all of them most. */
  keep?: number;
  /** Whether the way back from CVs to inputs goes into the file, where the method has one; default true. */
  decoder?: boolean;
  hooks?: Pick<TrainingHooks, 'onEpoch' | 'signal'> & {
    onStage?: (stage: TrainingStage) => void;
    /** Told before the first epoch how many frames are in which state, where they have labels. */
    onStates?: (words: string) => void;
  };
  /** How the inputs are computed from structures, in lines that go into the model file. */
  features?: readonly string[];
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
  /** What the predictions of properties are worth, where it has some. */
  properties?: PropertiesRecord;
  descriptors?: DescriptorSet;
}

/** What follows: a first model on all inputs, which ranks them, the model itself, or those of folds. */
export interface TrainingStage {
  name: 'ranking' | 'training' | 'folds';
  inputs: number;
  /** Models that are trained in it. */
  models: number;
}

/**
 * Trains on frames, writes the model beside its place and renames it. Inputs that tell nothing are left out first. With
 * descriptors PLUMED can evaluate the model from atoms.
 * @throws LatentcvError before the first epoch where frames and settings do not fit or the disk has no room
 */
export async function trainInto(
  place: ModelPlace,
  frames: OpenFrames,
  job: TrainingJob,
  describe?: Describe,
): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  if (job.keep !== undefined) checkKeep(job.keep, settings);
  if ((job.ensemble ?? 1) > 1) expectPlain(Number(settings.methodOptions.angles ?? 0));
  const checkpoints = checkpointsOf(job);
  const all = await readyFrames(learnedFrom(frames, settings, job.onWarning), describe);
  const states = stateCountsInWords(all.learnable);
  if (states !== undefined) job.hooks?.onStates?.(states);
  await keepRoom(job, place, all, settings);
  const ranking = await ranked(job, all.learnable, checkpoints.ranking);
  const { learnable, descriptors } = ranking
    ? await readyFrames(withoutInputs(all.learnable, notKept(ranking), settings), describe)
    : all;
  const members = await trainedMembers(job, learnable, settings, checkpoints.members);
  const model = members.length > 1 ? ensembleModel(members, descriptors) : newModel(members[0], descriptors);
  const apart = disagreement(members);
  if (apart !== undefined) job.onWarning?.(apart);
  const properties = await heldOutProperties(job, learnable, members);
  const files = [checkpoints.ranking, ...checkpoints.members];
  await place.save(writeModelFile(withRecords(asked(model, job), { ranking, properties })), files);
  const checkpoint = keptCheckpoint(members, checkpoints.members);
  if (!checkpoint) for (const file of files) await rm(file, { force: true });
  const [encoder] = members;
  return {
    output: job.output,
    encoder,
    dataset: withoutMetric(learnable.roles.table),
    frames: encoder.record.frames,
    members: members.length > 1 ? members : undefined,
    checkpoint,
    ranking,
    properties,
    descriptors,
  };
}

/** Products of gradients were for the training alone. */
function withoutMetric(table: Dataset): Dataset {
  const places = [...table.columns.keys()].filter((i) => table.columns[i].metric);
  return places.length === 0 ? table : dropColumns(table, places);
}

/** Room for the model, before anything is trained. */
function keepRoom(
  { ensemble = 1, keep, decoder = true }: TrainingJob,
  place: ModelPlace,
  { learnable, descriptors }: ReadyFrames,
  settings: TrainSettings,
): Promise<void> {
  const { table, inputs } = learnable.roles;
  const kept = Math.min(keep ?? inputs.columns.length, inputs.columns.length);
  return place.keepRoom(
    mostModelBytes({
      columns: table.columns.toSorted((a, b) => b.label.length - a.label.length).slice(0, kept),
      settings,
      frames: framesOf(learnable),
      members: ensemble,
      decoder,
      properties: learnable.roles.properties?.names.length,
      ranked: keep === undefined ? undefined : table.columns,
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
  { keep, output, training, hooks = {}, checkpoint, onWarning }: TrainingJob,
  learnable: LearnableFrames,
  file: string,
): Promise<InputRanking | undefined> {
  if (keep === undefined) return undefined;
  const { inputs } = learnable.roles;
  const { length } = inputs.columns;
  if (keep >= length) {
    onWarning?.(`all ${length} inputs are kept in ${output}: there are no more than ${keep}`);
    return undefined;
  }
  hooks.onStage?.({ name: 'ranking', inputs: length, models: 1 });
  const { onEpoch, signal } = hooks;
  const first = await train(learnable, training, {
    onEpoch,
    signal,
    onWarning,
    // with more epochs, too, the inputs stay those that it chose
    checkpoint: { file, ...checkpoint, ...(checkpoint?.resume && { resume: 'as-it-was' }) },
  });
  return rankInputs(first, inputs, keep);
}

/** The model, or all members of an ensemble; these count as restarts in what is told of the progress. */
async function trainedMembers(
  { checkpoint, hooks = {}, onWarning, training }: TrainingJob,
  learnable: LearnableFrames,
  { restarts, seed }: TrainSettings,
  files: readonly string[],
): Promise<TrainedEncoder[]> {
  const { onEpoch, onStage, signal } = hooks;
  onStage?.({ name: 'training', inputs: learnable.roles.inputs.columns.length, models: files.length });
  const members: TrainedEncoder[] = [];
  // what is unusual of the data is so for all of them
  const told = new Set<string>();
  const warnOnce = (message: string): void => {
    if (!told.has(message)) onWarning?.(message);
    told.add(message);
  };
  for (const [m, file] of files.entries()) {
    const options = { ...training, seed: seed + m };
    members.push(
      await train(learnable, options, {
        onEpoch: (report) => onEpoch?.({ ...report, restart: report.restart + m * restarts }),
        onWarning: warnOnce,
        signal,
        checkpoint: { file, ...checkpoint },
      }),
    );
  }
  return members;
}

/** The model without a decoder where none is asked for, with what its inputs are computed from. */
function asked({ decoder, ...model }: NewModel, { decoder: wanted, features }: TrainingJob): NewModel {
  const metadata = { ...model.metadata, ...(features && { features }) };
  return { ...model, metadata, ...(decoder && wanted !== false && { decoder }) };
}

/** The model whose record of its training tells how its inputs were chosen, and what its properties are worth. */
function withRecords(
  model: NewModel,
  { ranking, properties }: Pick<TrainedModel, 'ranking' | 'properties'>,
): NewModel {
  if (!ranking && !properties) return model;
  const { metadata } = model;
  const more = { ...(ranking && { ranking }), ...(properties && { properties }) };
  return { ...model, metadata: { ...metadata, training: { ...(metadata.training as object), ...more } } };
}
