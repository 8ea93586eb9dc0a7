import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { TrainedModel, TrainingStage } from '../../campaign/index.js';
import { methodNames, type MethodName } from '../../models/index.js';
import { LatentcvError, outputPlace } from '../../support/index.js';
import {
  crossValidated,
  removeHalfWritten,
  trainSettings,
  type EpochReport,
  type Scores,
  type TrainOptions,
  type TrainSettings,
} from '../../training/index.js';
import { countedTrainings } from '../counted-trainings.js';
import { exitCodesHelp } from '../exit-codes.js';
import {
  activationOption,
  addTrainingOptions,
  addTrajectoryOptions,
  areTrajectories,
  filesNamed,
  givenOptions,
  methodsHelp,
  positiveDuration,
  positiveInteger,
  positiveIntegers,
  weighingHelp,
  type TrainingOptions,
  type TrajectoryOptions,
} from '../options/index.js';
import type { Progress } from '../progress.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv train traj.xtc --structure conf.gro --descriptors 'distances heavy' -o model.onnx
  latentcv train COLVAR --args 'd_*' --plumed plumed.dat -o model.onnx
  latentcv train run1/COLVAR run2/COLVAR --args phi,psi --latent 1 --lag 5ps -o model.onnx
  latentcv train COLVAR --args 'd_*' --bias opes.bias --temperature 300 -o model.onnx
  latentcv train COLVAR --args 'd_*' --labels 'A: phi < 0; B: 0 < phi < 2' --method deep-tda --latent 1 -o model.onnx
  latentcv train features.csv --args phi,psi --periodic phi,psi --begin 1ns -o model.onnx

With --plumed, the input that wrote the COLVAR files, the model learns which atoms each column is of (plain
DISTANCE, ANGLE, TORSION, COORDINATION with SWITCH, …), and PLUMED can later evaluate it from atoms alone. The same seed and data give the same model.

What a training has reached is kept in <output>.checkpoint until it is done: after Ctrl-C or a crash, the same command
with --resume goes on from there, to the same model. Where its most epochs ended a training, the checkpoint stays, and
--resume with more --epochs goes on.
`;

interface TrainCommandOptions extends TrainingOptions, TrajectoryOptions {
  output: string;
  plumed?: string;
  method: 'auto' | MethodName;
  latent?: number;
  layers?: number[];
  lag?: number;
  stream?: boolean;
  resume?: boolean;
  folds?: number;
  ensemble?: number;
  keep?: number;
}

/** `latentcv train`: from trajectories or tables to a model file. */
export function trainCommand(): Command {
  const method = new Option(
    '--method <method>',
    'see below; auto: with the VAMP-2 term where frames follow one another',
  );
  const command = new Command('train')
    .argument(
      '<file...>',
      "trajectories (XTC, TRR, DCD, …) or tables (COLVAR, CSV, NPY, HDF5), or patterns such as 'run*/traj.xtc'; each is a run of its own",
    )
    .requiredOption('-o, --output <file>', 'the model file to write')
    .option('--plumed <file>', 'the PLUMED input that wrote the COLVAR files')
    .addOption(method.choices(['auto', ...methodNames]).default('auto'))
    .option('--latent <count>', 'number of CVs (default: 2)', positiveInteger)
    .option('--layers <widths>', 'hidden layers of the encoder (default: 64,32)', positiveIntegers)
    .addOption(activationOption())
    .option('--lag <time>', 'lag time of pairs of frames (default: 10ps)', positiveDuration);
  return addTrajectoryOptions(addTrainingOptions(command))
    .option('--folds <count>', 'also train once for each fold and tell how well that does', positiveInteger)
    .option('--stream', 'leave the frames on disk, however few they are (beyond 1 GiB they are left there)')
    .option(
      '--ensemble <members>',
      'train so many from seeds one after the other: the CV is their mean, with an uncertainty',
      positiveInteger,
    )
    .option(
      '--keep <count>',
      'keep so many inputs: those that move the CVs of a first model on all of them most',
      positiveInteger,
    )
    .option('--resume', 'go on where the same command was stopped, or for more --epochs')
    .option('--json', 'a summary for scripts')
    .addHelpText('after', weighingHelp)
    .addHelpText('after', methodsHelp())
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: TrainCommandOptions, command: Command) => {
      await train(files, options, terminalFor(command));
    });
}

/** Reads the frames, trains, writes the model file and tells how it went. */
async function train(names: string[], options: TrainCommandOptions, terminal: Terminal): Promise<void> {
  const { trainFromTables, trainFromTrajectory } = await import('../../campaign/index.js');
  const { expandNames, refuseWeights, trainingTables, trainingTrajectories } =
    await import('../frames/index.js');
  const { describeSettings, tellTraining } = await import('../words/index.js');
  const found = await expandNames(names);
  await outputPlace(options.output, await filesRead(found, options));
  const tables = (await areTrajectories(found, options))
    ? undefined
    : await trainingTables(found, options, terminal);
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
    : trainFromTrajectory({ ...common, ...(await trainingTrajectories(options, terminal)) });
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
  const ofInput = plumed === undefined ? [] : (await import('../../plumed/index.js')).filesOfInput(plumed);
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
