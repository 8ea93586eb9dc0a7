import { existsSync } from 'node:fs';
import {
  trainFromTables,
  trainFromTrajectory,
  type TrainedModel,
  type InputRanking,
  type TrainFromTrajectory,
  type TrainingStage,
} from '../campaign/index.js';
import {
  crossValidated,
  trainSettings,
  type EpochReport,
  type Scores,
  type TrainOptions,
  type TrainSettings,
} from '../training/index.js';
import type { TrainCommandOptions } from './commands/train.js';
import { LatentcvError } from '../support/errors.js';
import { expandFiles } from './expand-files.js';
import { formatSeconds, type Progress } from './progress.js';
import { overFolds, shown } from './score-table.js';
import { frameRange } from './table-options.js';
import type { Terminal } from './terminal.js';
import { definitionOf, isTrajectory, trajectoryReading } from './trajectory-options.js';
import { givenOptions, readingOptions } from './training-options.js';

/** Reads the frames, trains, writes the model file and tells how it went. */
export async function trainModel(
  names: string[],
  options: TrainCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const files = await expandFiles(names);
  const training = trainingOptions(options);
  const settings = trainSettings(training);
  terminal.note(describeSettings(settings));
  const { progress, ...hooks } = stagedProgress(settings, terminal);
  const started = performance.now();
  const { stream, resume = false } = options;
  const common = {
    files,
    output: options.output,
    training,
    ...(options.ensemble !== undefined && { ensemble: options.ensemble }),
    ...(options.keep !== undefined && { keep: options.keep }),
    hooks: { ...hooks, signal: terminal.signal },
    ...(stream && { stream }),
    checkpoint: { resume },
    onWarning: (line: string) => terminal.warn(line),
  };
  const fromAtoms =
    options.structure !== undefined || options.descriptors !== undefined || files.every(isTrajectory);
  const run = fromAtoms
    ? trainFromTrajectory({ ...common, ...(await trajectoryJob(options, terminal)) })
    : trainFromTables({
        ...common,
        reading: readingOptions(options),
        ...(options.plumed !== undefined && { plumedInput: options.plumed }),
      });
  const trained = await run
    .catch((error: unknown) => {
      throw withWayOn(error, options.output);
    })
    .finally(() => progress.stop());
  const seconds = (performance.now() - started) / 1000;
  const folds =
    options.folds === undefined ? undefined : await inFolds(trained, training, options.folds, terminal);
  tell(trained, seconds, terminal, folds);
}

/** A bar for each stage: a first model that ranks the inputs, the model itself. */
function stagedProgress({ epochs, restarts }: TrainSettings, terminal: Terminal) {
  let bar: Progress | undefined;
  return {
    progress: { stop: () => bar?.stop() },
    onStage: ({ name, inputs, models }: TrainingStage): void => {
      bar?.stop();
      const shown = name === 'ranking' ? `first model, on all ${inputs} inputs` : 'training';
      bar = terminal.progress(shown, epochs * restarts * models);
    },
    onEpoch: ({ epoch, restart, train, validation, rate }: EpochReport): void =>
      bar?.update(
        restart * epochs + epoch,
        `loss ${train.toFixed(4)}, validation ${validation.toFixed(4)}, ${formatRate(rate)}`,
      ),
  };
}

/** What of the job is told by options of trajectories. */
async function trajectoryJob(
  options: TrainCommandOptions,
  terminal: Terminal,
): Promise<Omit<TrainFromTrajectory, 'files' | 'output'>> {
  refuseTableOptions(options);
  const definition = await definitionOf(options);
  return {
    ...(options.structure !== undefined && { structure: options.structure }),
    ...(definition && { definition }),
    ...(options.pbc === false && { pbc: false }),
    reading: {
      ...trajectoryReading(options),
      ...frameRange(options),
    },
    onDefinition: ({ set }, reason) =>
      terminal.note(`${set.items.length} descriptors of ${set.atoms.length} atoms (${reason})`),
  };
}

/** Options that would be without effect. */
function refuseTableOptions({ args, columns, periodic, dataset }: TrainCommandOptions): void {
  const given = Object.entries({ args, columns, periodic, dataset }).find(([, value]) => value !== undefined);
  if (!given) return;
  throw new LatentcvError(
    'bad-argument',
    `expected trajectories without --${given[0]}, which is of tables`,
    '--descriptors says what is learned from trajectories',
  );
}

/** How well the same settings do in cross-validation. */
async function inFolds(
  { dataset }: TrainedModel,
  training: TrainOptions,
  folds: number,
  terminal: Terminal,
): Promise<Scores[]> {
  const { epochs, restarts } = trainSettings(training);
  const progress = terminal.progress('folds', folds * epochs * restarts);
  let done = 0;
  const onEpoch = (): void => progress.update(++done);
  const { signal } = terminal;
  return crossValidated(dataset, training, folds, { onEpoch, signal }).finally(() => progress.stop());
}

/** An interrupted training that was kept says how it goes on. */
function withWayOn(error: unknown, output: string): unknown {
  const kept = [`${output}.checkpoint`, `${output}.ranking.checkpoint`].some((file) => existsSync(file));
  if (!(error instanceof LatentcvError && error.code === 'interrupted' && kept)) return error;
  return new LatentcvError('interrupted', error.message, 'the same command with --resume goes on from there');
}

function trainingOptions(options: TrainCommandOptions): TrainOptions {
  return { ...givenOptions(options), ...(options.layers && { hidden: options.layers }) };
}

/** `12,300 frames/s` */
function formatRate(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')} frames/s`;
}

function describeSettings(s: TrainSettings): string {
  const network = `${s.hidden.join('-')}-${s.latent} ${s.activation}`;
  const optimizer = `batch ${s.batch}, learning rate ${s.learningRate}, weight decay ${s.weightDecay}`;
  return (
    `method ${s.method}, encoder ${network}, lag ${s.lag} ps, ${s.scaling} scaling, spread ${s.spread.toFixed(3)}, ${optimizer}, ` +
    `at most ${s.epochs} epochs (patience ${s.patience}), seed ${s.seed}`
  );
}

function tell(
  { output, encoder, members, frames, ranking }: TrainedModel,
  seconds: number,
  terminal: Terminal,
  folds?: Scores[],
): void {
  const { record, method, network } = encoder;
  const { curves, bestEpoch } = record;
  const best = `best validation loss ${curves.validation[bestEpoch].toFixed(4)} in epoch ${bestEpoch + 1} of ${curves.train.length}`;
  terminal.print(`${method} (${record.reason})`);
  terminal.print(
    `${frames} frames, ${encoder.inputs.min.length} columns, network ${network}, ${formatSeconds(seconds)}`,
  );
  if (ranking) for (const line of rankingLines(ranking)) terminal.print(line);
  terminal.print(`engine ${record.engine}`);
  terminal.print(best);
  if (record.fractionOfVarianceExplained !== undefined) {
    terminal.print(
      `explains ${(100 * record.fractionOfVarianceExplained).toFixed(1)} % of the variance of held-out frames`,
    );
  }
  record.timescales?.forEach((ps, i) => {
    terminal.print(
      `node-${i}: time scale ${ps.toFixed(1)} ps (autocorrelation ${record.eigenvalues![i].toFixed(3)} at the lag)`,
    );
  });
  if (members) terminal.print(`the first of an ensemble of ${members.length}: the CV is their mean`);
  if (folds) for (const line of foldLines(folds)) terminal.print(line);
  terminal.print(`wrote ${output}`);
  const ensemble = members && { ensemble: members.length };
  terminal.json({
    ...{ output, method, network, seconds, ...record, ...ensemble },
    ...(ranking && { ranking }),
    ...(folds && { folds }),
  });
}

/** Most inputs that are shown of a ranking. */
const mostRanked = 10;

function rankingLines({ kept, inputs }: InputRanking): string[] {
  const shown = inputs.slice(0, Math.min(kept, mostRanked));
  const width = Math.max(...shown.map(({ label }) => label.length)) + 2;
  return [
    `kept ${kept} of ${inputs.length} inputs, those that moved a first model's CVs most by their deviation:`,
    ...shown.map(({ label, sensitivity }) => `  ${label.padEnd(width)}${sensitivity.toFixed(4)}`),
    ...(kept > shown.length ? [`  … down to ${inputs[kept - 1].sensitivity.toFixed(4)}`] : []),
  ];
}

function foldLines(folds: Scores[]): string[] {
  const [vamp2, explained, loss] = (['vamp2', 'varianceExplained', 'validationLoss'] as const).map((name) =>
    shown(overFolds(folds, name)),
  );
  return [
    `over ${folds.length} folds: VAMP-2 ${vamp2}, variance explained ${explained}, validation loss ${loss}`,
  ];
}
