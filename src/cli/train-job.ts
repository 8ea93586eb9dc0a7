import { existsSync } from 'node:fs';
import {
  trainFromTables,
  trainFromTrajectory,
  type TrainedModel,
  type TrainingStage,
} from '../campaign/index.js';
import {
  crossValidated,
  removeHalfWritten,
  trainSettings,
  type EpochReport,
  type Scores,
  type TrainOptions,
  type TrainSettings,
} from '../training/index.js';
import type { TrainCommandOptions } from './commands/index.js';
import { LatentcvError, outputPlace } from '../support/index.js';
import { describeSettings, tellTraining } from './words/index.js';
import { countedTrainings, areTrajectories, filesNamed, givenOptions } from './options/index.js';
import { expandNames } from './expand-files.js';
import type { Progress } from './progress.js';
import type { Terminal } from './terminal.js';
import { refuseWeights, trajectoryJob } from './trajectory-job.js';
import { trainingFrames } from './training-frames.js';

/** Reads the frames, trains, writes the model file and tells how it went. */
export async function trainModel(
  names: string[],
  options: TrainCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const found = await expandNames(names);
  await outputPlace(options.output, await filesRead(found, options));
  const tables = (await areTrajectories(found, options))
    ? undefined
    : await trainingFrames(found, options, terminal);
  if (!tables) refuseWeights(options);
  const files = tables?.files ?? found;
  const training = {
    ...(tables?.training ?? givenOptions(options)),
    ...(options.layers && { hidden: options.layers }),
  };
  const settings = trainSettings(training);
  terminal.note(describeSettings(settings));
  terminal.beforeForcedEnd(removeHalfWritten);
  const { progress, ...hooks } = stagedProgress(settings, terminal);
  const started = performance.now();
  const { stream, resume = false } = options;
  const common = {
    files,
    output: options.output,
    training,
    ensemble: options.ensemble,
    keep: options.keep,
    hooks: { ...hooks, signal: terminal.signal, onStates: (words: string) => terminal.note(words) },
    stream: stream ? stream : undefined,
    checkpoint: { resume },
    onWarning: (line: string) => terminal.warn(line),
  };
  const run = tables
    ? trainFromTables({
        ...common,
        reading: tables.reading,
        plumedInput: options.plumed,
      })
    : trainFromTrajectory({ ...common, ...(await trajectoryJob(options, terminal)) });
  const trained = await run
    .catch((error: unknown) => {
      throw withWayOn(error, options.output);
    })
    .finally(() => progress.stop());
  const seconds = (performance.now() - started) / 1000;
  const folds =
    options.folds === undefined ? undefined : await inFolds(trained, training, options.folds, terminal);
  tellTraining(trained, seconds, terminal, folds);
}

/** What the model must not be written over. */
async function filesRead(names: readonly string[], options: TrainCommandOptions): Promise<string[]> {
  const { plumed } = options;
  const ofInput = plumed === undefined ? [] : (await import('../plumed/index.js')).filesOfInput(plumed);
  return [...names, ...filesNamed(options), ...ofInput];
}

/** A bar for each stage: a first model that ranks the inputs, the model itself. */
function stagedProgress({ restarts }: TrainSettings, terminal: Terminal) {
  let bar: Progress | undefined;
  let begin: ((epochs: number) => Progress) | undefined;
  return {
    progress: { stop: () => bar?.stop() },
    onStage: ({ name, inputs, models }: TrainingStage): void => {
      bar?.stop();
      const shown = name === 'ranking' ? `first model, on all ${inputs} inputs` : 'training';
      bar = undefined;
      begin = (epochs) => terminal.progress(shown, epochs * restarts * models);
    },
    onEpoch: ({ epoch, epochs, restart, train, validation, rate }: EpochReport): void => {
      bar ??= begin?.(epochs);
      bar?.update(
        restart * epochs + epoch,
        `loss ${train.toFixed(4)}, validation ${validation.toFixed(4)}, ${formatRate(rate)}`,
      );
    },
  };
}

/** How well the same settings do in cross-validation. */
async function inFolds(
  { dataset }: TrainedModel,
  training: TrainOptions,
  folds: number,
  terminal: Terminal,
): Promise<Scores[]> {
  const progress = terminal.progress('folds', folds);
  const counted = countedTrainings(trainSettings(training));
  const onEpoch = (report: EpochReport): void => progress.update(counted(report));
  const { signal } = terminal;
  return crossValidated(dataset, training, folds, { onEpoch, signal }).finally(() => progress.stop());
}

/** An interrupted training that was kept says how it goes on. */
function withWayOn(error: unknown, output: string): unknown {
  const kept = [`${output}.checkpoint`, `${output}.ranking.checkpoint`].some((file) => existsSync(file));
  if (!(error instanceof LatentcvError && error.code === 'interrupted' && kept)) return error;
  return new LatentcvError('interrupted', error.message, 'the same command with --resume goes on from there');
}

/** `12,300 frames/s` */
function formatRate(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')} frames/s`;
}
