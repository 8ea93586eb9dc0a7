import {
  columnsToRead,
  framesInMemory,
  rulesAside,
  trajectoryFrames,
  withoutOthers,
} from '../campaign/index.js';
import { readTables, type Dataset } from '../frames/index.js';
import {
  removeHalfWritten,
  search,
  splitRoles,
  statesInWords,
  trainSettings,
  type EpochReport,
  type Scores,
  type TrainOptions,
} from '../training/index.js';
import type { SearchCommandOptions } from './commands/index.js';
import { aligned, overFolds, shown, type Spread } from './words/index.js';
import { countedTrainings, givenOptions, areTrajectories } from './options/index.js';
import type { Terminal } from './terminal.js';
import { trainingFrames } from './training-frames.js';
import { refuseWeights, trajectoryJob } from './trajectory-job.js';
import { expandNames } from './expand-files.js';

/** A combination with its scores over folds. */
type Row = { method: string; latent: number; layers: string; lag: number } & {
  [Name in keyof Scores]?: Spread;
};

/** Trains every combination and prints the table. */
export async function searchNetworks(
  files: string[],
  options: SearchCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const onWarning = once((line: string) => terminal.warn(line));
  const found = await expandNames(files);
  const { trials, dataset } = (await areTrajectories(found, options))
    ? await ofTrajectories(found, options, { onWarning, terminal })
    : await ofTables(found, options, { onWarning, terminal });
  const settings = trainSettings(trials[0]);
  const { labels } = splitRoles(dataset, settings);
  if (labels) terminal.note(statesInWords(labels));
  terminal.beforeForcedEnd(removeHalfWritten);
  const progress = terminal.progress('search', options.folds * trials.length);
  const counted = countedTrainings(settings);
  const onEpoch = (report: EpochReport): void => {
    const done = counted(report);
    progress.update(done, `training ${Math.floor(done) + 1}`);
  };
  const scores = await search(dataset, trials, options.folds, {
    onEpoch,
    onWarning,
    signal: terminal.signal,
  }).finally(() => progress.stop());
  const rows = trials.map((trial, i) => rowOf(trial, scores[i])).sort(byScore);
  for (const line of scoreTable(rows)) terminal.print(line);
  terminal.json(rows);
}

interface Telling {
  onWarning: (line: string) => void;
  terminal: Terminal;
}

/** What is trained, and on what. */
interface Search {
  trials: TrainOptions[];
  dataset: Dataset;
}

async function ofTables(
  files: readonly string[],
  options: SearchCommandOptions,
  { onWarning, terminal }: Telling,
): Promise<Search> {
  const tables = await trainingFrames(files, options, terminal);
  const { reading } = tables;
  const trials = combinations(options, tables.training);
  const settings = trainSettings(trials[0]);
  const all = await readTables(tables.files, {
    ...reading,
    ...columnsToRead(reading, settings),
    onWarning,
    signal: terminal.signal,
  });
  const frames = rulesAside(framesInMemory(all, settings), reading.columns, settings);
  const { dataset } = withoutOthers(frames, settings, { named: reading.columns }, onWarning);
  return { trials, dataset };
}

async function ofTrajectories(
  files: readonly string[],
  options: SearchCommandOptions,
  { onWarning, terminal }: Telling,
): Promise<Search> {
  refuseWeights(options);
  const trials = combinations(options, givenOptions(options));
  const job = await trajectoryJob(options, terminal);
  const { dataset } = await trajectoryFrames({ ...job, files, training: trials[0], onWarning });
  return { trials, dataset };
}

function once(tell: (line: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (!told.has(line)) tell(line);
    told.add(line);
  };
}

function combinations(options: SearchCommandOptions, training: TrainOptions): TrainOptions[] {
  const { method, latent, layers, lag } = options;
  const common = Object.entries(training).filter(([name]) => !['method', 'latent', 'lag'].includes(name));
  const lists = {
    ...(method && { method }),
    ...(latent && { latent }),
    ...(layers && { hidden: layers }),
    ...(lag && { lag }),
  };
  return Object.entries(lists).reduce<TrainOptions[]>(
    (trials, [name, values]) =>
      trials.flatMap((trial) => values.map((value) => ({ ...trial, [name]: value }))),
    [Object.fromEntries(common)],
  );
}

function rowOf(trial: TrainOptions, scores: Scores[]): Row {
  const { method, latent, hidden, lag } = trainSettings(trial);
  const names = ['vamp2', 'varianceExplained', 'validationLoss', 'epochs'] as const;
  const found = names.flatMap((name) => {
    const spread = overFolds(scores, name);
    return spread ? [[name, spread] as const] : [];
  });
  return { method, latent, layers: hidden.join(','), lag, ...Object.fromEntries(found) };
}

const byScore = (a: Row, b: Row): number =>
  (b.vamp2?.mean ?? 0) - (a.vamp2?.mean ?? 0) || a.validationLoss!.mean - b.validationLoss!.mean;

function scoreTable(rows: readonly Row[]): string[] {
  const head = ['method', 'CVs', 'layers', 'lag, ps', 'VAMP-2', 'variance explained', 'validation loss'];
  const cells = rows.map((row) => [
    row.method,
    String(row.latent),
    row.layers,
    String(row.lag),
    ...[row.vamp2, row.varianceExplained, row.validationLoss].map(shown),
  ]);
  return aligned([head, ...cells]);
}
