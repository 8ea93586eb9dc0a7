import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import type { TrainedModel, TrainingStage } from '../../campaign/index.js';
import { LatentcvError, outputPlace, setting, settingFacts, fixed } from '../../support/index.js';
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
  addRenamed,
  addSettings,
  compositionSettings,
  jsonSettings,
  optionalFormulaSettings,
  outputSettings,
  structureRowSettings,
  type Given,
} from '../options/index.js';
import { architectureSettings, trainingSettings, withoutPresets } from '../options/training/index.js';
import { filesNamed, trajectorySettings } from '../options/trajectories/index.js';
import { plumedSettings, weighingHelp } from '../options/weighing/index.js';
import type { Progress } from '../progress.js';
import { terminalFor, type Terminal } from '../terminal.js';

const help = `
Example:
  latentcv train traj.xtc --structure conf.gro --descriptors 'distances heavy' -o model.onnx
  latentcv train COLVAR --columns 'd_*' --plumed plumed.dat -o model.onnx
  latentcv train run1/COLVAR run2/COLVAR --columns phi,psi --latent 1 --lag 5ps -o model.onnx
  latentcv train COLVAR --columns 'd_*' --bias opes.bias --temperature 300 -o model.onnx
  latentcv train COLVAR --columns 'd_*' --labels 'A: phi < 0; B: 0 < phi < 2' \\
      --method deep-tda --latent 1 -o model.onnx
  latentcv train features.csv --columns phi,psi --periodic phi,psi --begin 1ns -o model.onnx
  latentcv train crystals/ --properties-from labels.csv --properties gap --composition \\
      --descriptors 'rdf all rmax=0.6 sigma=0.02' -o model.onnx

With --plumed, the input that wrote the COLVAR files, the model learns which atoms each column is of
(plain DISTANCE, ANGLE, TORSION, COORDINATION with SWITCH, …), and PLUMED can later evaluate it from
atoms alone. The same seed and data give the same model.

Structures (CIF, POSCAR, extended XYZ, or a folder of them) differ in size and elements: with
--properties, from a table by their names or from their comment lines, each is a row of its own, by
descriptors whose number is the same in all of them (latentcv descriptors --help).

Methods, and the --set options of each: latentcv help methods.

What a training has reached is kept in <output>.checkpoint until it is done: after Ctrl-C or a
crash, the same command with --resume goes on from there, to the same model. Where its most epochs
ended a training, the checkpoint stays, and --resume with more --epochs goes on.
`;

const settings = {
  ...outputSettings('the model file to write'),
  plumed: setting(plumedSettings.plumed, {
    ...settingFacts(plumedSettings.plumed),
    group: undefined,
    description: 'the PLUMED input that wrote the tables: tells units, biases and the atoms of each column',
  }),
  resume: setting(z.boolean().optional(), {
    flag: 'resume',
    description: 'go on where the same command was stopped, or for more --epochs',
  }),
  ...architectureSettings,
  keep: setting(z.number().int().min(1).optional(), {
    flag: 'keep',
    value: 'count',
    group: 'Method and network',
    description: 'keep so many inputs: those that move the CVs of a first model on all of them most',
  }),
  ensemble: setting(z.number().int().min(1).optional(), {
    flag: 'ensemble',
    value: 'members',
    group: 'Method and network',
    otherwise: '1; of rows with properties 5',
    description: 'train so many from seeds one after the other: the CV is their mean, with an uncertainty',
  }),
  decoder: setting(z.boolean().default(true), {
    flag: 'no-decoder',
    group: 'Method and network',
    description: 'leave out the way back from CVs to inputs, which decode and design go',
  }),
  ...trainingSettings,
  folds: setting(z.number().int().min(1).optional(), {
    flag: 'folds',
    value: 'count',
    group: 'Training',
    description: 'also train once for each fold and tell how well that does',
  }),
  stream: setting(z.boolean().optional(), {
    flag: 'stream',
    group: 'Frames',
    description: 'leave the frames on disk, however few they are (beyond 1 GiB they are left there)',
  }),
  ...trajectorySettings,
  ...structureRowSettings,
  ...compositionSettings,
  ...optionalFormulaSettings,
  ...jsonSettings('a summary for scripts'),
  losses: setting(z.boolean().optional(), {
    flag: 'losses',
    description: 'with --json: the losses of every epoch too',
  }),
};
type TrainCommandOptions = Given<typeof settings>;

/** `latentcv train`: from trajectories or tables to a model file. */
export function trainCommand(): Command {
  const command = new Command('train').argument(
    '<file...>',
    "trajectories (XTC, TRR, DCD, …), tables (COLVAR, CSV, NPY, HDF5) or structures (CIF, POSCAR, XYZ, a folder of them), or patterns such as 'run*/traj.xtc'; each is a run, or a row, of its own",
  );
  return addRenamed(addSettings(command, settings), {
    args: 'columns',
    engine: 'runtime',
    'exclude-first': 'begin',
  })
    .addHelpText('after', weighingHelp)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (files: string[], options: TrainCommandOptions, command: Command) => {
      await train(files, withoutPresets(options, command), terminalFor(command));
    });
}

/** Reads the frames, trains, writes the model file and tells how it went. */
async function train(names: string[], options: TrainCommandOptions, terminal: Terminal): Promise<void> {
  const { trainFrom } = await import('../../campaign/index.js');
  const { expandNames } = await import('../frames/index.js');
  const { trainingFrames } = await import('../frames/training/index.js');
  const { describeSettings, modelsInWords, tellTraining } = await import('../words/models/index.js');
  const found = await expandNames(names);
  await outputPlace(options.output, await filesRead(found, options));
  const { files, sourceFor, training, features } = await trainingFrames(found, options, terminal);
  const complete = trainSettings(training);
  terminal.note(describeSettings(complete));
  const several = modelsInWords(complete, options);
  if (several !== undefined) terminal.note(several);
  terminal.beforeForcedEnd(removeHalfWritten);
  const { progress, ...hooks } = stagedProgress(complete, terminal);
  const started = performance.now();
  const { stream, resume = false } = options;
  const job = {
    files,
    output: options.output,
    training,
    ensemble: options.ensemble,
    keep: options.keep,
    decoder: options.decoder,
    folds: options.folds,
    ...(features && { features }),
    hooks: { ...hooks, signal: terminal.signal, onStates: (words: string) => terminal.note(words) },
    stream,
    checkpoint: { resume },
    onWarning: (line: string) => terminal.warn(line),
  };
  const trained = await trainFrom(job, sourceFor)
    .catch((error: unknown) => {
      throw withWayOn(error, options.output);
    })
    .finally(() => progress.stop());
  const seconds = (performance.now() - started) / 1000;
  const folds =
    options.folds === undefined || trained.properties
      ? undefined
      : await inFolds(trained, training, options.folds, terminal);
  tellTraining(trained, { seconds, folds, losses: options.losses }, terminal);
}

/** What the model must not be written over. */
async function filesRead(names: readonly string[], options: TrainCommandOptions): Promise<string[]> {
  const { plumed, propertiesFrom } = options;
  const ofInput = plumed === undefined ? [] : (await import('../../plumed/index.js')).filesOfInput(plumed);
  return [
    ...names,
    ...filesNamed(options),
    ...ofInput,
    ...(propertiesFrom === undefined ? [] : [propertiesFrom]),
  ];
}

/** A bar for each stage: a first model that ranks the inputs, the model itself. */
function stagedProgress({ restarts, rows }: TrainSettings, terminal: Terminal) {
  let bar: Progress | undefined;
  let begin: ((epochs: number) => Progress) | undefined;
  return {
    progress: { stop: () => bar?.stop() },
    onStage: ({ name, inputs, models }: TrainingStage): void => {
      bar?.stop();
      const shown = name === 'ranking' ? `first model, on all ${inputs} inputs` : name;
      bar = undefined;
      begin = (epochs) => terminal.progress(shown, epochs * restarts * models);
    },
    onEpoch: ({ epoch, epochs, restart, train, validation, rate }: EpochReport): void => {
      bar ??= begin?.(epochs);
      bar?.update(
        restart * epochs + epoch,
        `loss ${fixed(train, 4)}, validation ${fixed(validation, 4)}, ${formatRate(rate)} ${rows ? 'rows' : 'frames'}/s`,
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

/** `12,300` */
const formatRate = (rate: number): string => Math.round(rate).toLocaleString('en');
