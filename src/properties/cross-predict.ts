import type { Dataset } from '../frames/index.js';
import { Random } from '../support/index.js';
import {
  foldsOfGroups,
  train,
  type Roles,
  type TrainingHooks,
  type TrainOptions,
} from '../training/index.js';
import { baselinePredictions, type BaselineName } from './baselines.js';
import { predictedProperties } from './predicted.js';
import { someColumns, someRows } from './some-rows.js';

/** Predictions of rows that were not learned from. */
export interface HeldOut {
  /** `[rows, properties]`; NaN where a row was always learned from. */
  predicted: Float64Array;
  /**
   * Of an ensemble, how far its members disagree, `[rows, properties]`: √(1/M Σ_m (p_m − p̄)²). NaN where a member has seen the row;
   * absent where some member has seen every row.
   */
  spread?: Float64Array;
  /** Of what everybody would try first, by name, each `[rows, properties]`. */
  baselines: Record<BaselineName, Float64Array>;
  /** Which fold each row is of, from 0; −1 where it was always learned from. */
  folds: Int32Array;
}

/** Trainings of folds. */
export interface CrossPredictOptions {
  folds: number;
  training: TrainOptions;
  /** Of an ensemble. */
  members: number;
  hooks?: Pick<TrainingHooks, 'onEpoch' | 'signal'>;
}

/**
 * Predicts each row by a training that has not seen it: of the rest of the rows, of which a fifth validates as in every
 * training. Folds are random, or whole groups where the training has them. The baselines learn from all of the rest.
 * @throws LatentcvError as `train` does
 */
export async function crossPredict(
  { table, properties, groups }: Roles,
  { folds: count, training, members, hooks = {} }: CrossPredictOptions,
): Promise<HeldOut> {
  const { names, data: measured } = properties!;
  const { seed = 1, latent = 2 } = training;
  const folds = groups
    ? Int32Array.from(groups, (group) => foldsOfGroups(groups, { count, seed })[group])
    : randomFolds(table.frames, count, seed);
  const found = {
    ...emptyHeldOut(table.frames, names.length, folds),
    ...(members > 1 && { spread: new Float64Array(table.frames * names.length).fill(NaN) }),
  };
  const { onEpoch, signal } = hooks;
  for (let fold = 0; fold < count; fold++) {
    const [rest, held] = [rowsWhere(folds, (of) => of !== fold), rowsWhere(folds, (of) => of === fold)];
    const [learned, fresh] = [someRows(table, rest), someRows(table, held)];
    let inputs: string[] = [];
    const answers: Float64Array[] = [];
    for (let m = 0; m < members; m++) {
      const encoder = await train(
        learned,
        { ...training, seed: seed + m },
        {
          onEpoch: (report) =>
            onEpoch?.({ ...report, restart: report.restart + (fold * members + m) * report.restarts }),
          signal,
        },
      );
      inputs = encoder.inputs.columns.map(({ label }) => label);
      answers.push(await predictedProperties(encoder, someColumns(fresh, inputs)));
    }
    placeAnswers(found, answers, held, names.length);
    const tables = { learned: someColumns(learned, inputs), fresh: someColumns(fresh, inputs) };
    placeBaselines(found, { ...tables, measured, rest, held }, names.length, latent);
  }
  return found;
}

/** Of several trainings each, the rows `held` that it has not seen, and what is said of these, `[held, properties]`. */
export interface SaidOfRows {
  held: Int32Array;
  said: Float64Array;
}

/** Puts the mean of what is said of each row into a table `[rows, properties]`. */
export function meanOfSaid(table: Float64Array, width: number, each: readonly SaidOfRows[]): void {
  const times = new Int32Array(table.length / width);
  for (const { held, said } of each)
    held.forEach((row, i) => {
      const before = times[row]++;
      for (let j = 0; j < width; j++) {
        const [at, value] = [row * width + j, said[i * width + j]];
        table[at] = before === 0 ? value : (table[at] * before + value) / (before + 1);
      }
    });
}

/** The baselines on rows that validated a training, learned from all others of it; of several trainings their mean, row by row. */
export function heldOutBaselines(
  { baselines }: HeldOut,
  { table, properties }: Roles,
  inputs: readonly string[],
  latent: number,
  validating: readonly Int32Array[],
): void {
  const { names, data: measured } = properties!;
  const width = names.length;
  const said: Record<BaselineName, SaidOfRows[]> = { mean: [], ridge: [], 'PCA and ridge': [] };
  for (const held of validating) {
    const [seen, found] = [
      new Int32Array(table.frames),
      emptyHeldOut(table.frames, width, new Int32Array(0)),
    ];
    for (const row of held) seen[row] = -1;
    const rest = rowsWhere(seen, (each) => each === 0);
    if (rest.length < 2) return;
    const [learned, fresh] = [rest, held].map((rows) => someColumns(someRows(table, rows), inputs));
    placeBaselines(found, { learned, fresh, measured, rest, held }, width, latent);
    for (const [name, values] of Object.entries(found.baselines) as [BaselineName, Float64Array][]) {
      const those = Array.from(held, (row) => [...values.subarray(row * width, (row + 1) * width)]).flat();
      said[name].push({ held, said: Float64Array.from(those) });
    }
  }
  for (const [name, each] of Object.entries(said) as [BaselineName, SaidOfRows[]][])
    meanOfSaid(baselines[name], width, each);
}

export function emptyHeldOut(rows: number, width: number, folds: Int32Array): HeldOut {
  const empty = (): Float64Array => new Float64Array(rows * width).fill(NaN);
  const baselines = { mean: empty(), ridge: empty(), 'PCA and ridge': empty() };
  return { predicted: empty(), baselines, folds };
}

/** The mean of what members say of some rows, and how far they disagree. */
function placeAnswers(
  { predicted, spread }: HeldOut,
  answers: readonly Float64Array[],
  rows: Int32Array,
  width: number,
): void {
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) {
      const said = answers.map((answer) => answer[i * width + j]);
      const mean = said.reduce((sum, value) => sum + value / said.length, 0);
      predicted[row * width + j] = mean;
      if (!spread) continue;
      const square = said.reduce((sum, value) => sum + (value - mean) ** 2 / said.length, 0);
      spread[row * width + j] = Math.sqrt(square);
    }
  });
}

/** Inputs beyond which their correlations take too long. */
const mostInputs = 1500;

/** What a fold's baselines are made of. */
interface FoldTables {
  learned: Dataset;
  fresh: Dataset;
  /** Of all rows, `[rows, properties]`. */
  measured: Float64Array;
  rest: Int32Array;
  held: Int32Array;
}

function placeBaselines(
  { baselines }: HeldOut,
  { learned, fresh, measured, rest, held }: FoldTables,
  width: number,
  latent: number,
): void {
  if (learned.columns.length > mostInputs) return;
  for (let j = 0; j < width; j++) {
    const property = Float64Array.from(rest, (row) => measured[row * width + j]);
    const of = (table: Dataset) => ({ data: table.data, width: table.columns.length });
    const found = baselinePredictions({ ...of(learned), property }, of(fresh), latent);
    for (const [name, values] of Object.entries(found) as [BaselineName, Float64Array][])
      held.forEach((row, i) => (baselines[name][row * width + j] = values[i]));
  }
}

function randomFolds(rows: number, count: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  new Random(seed).shuffle(order);
  const folds = new Int32Array(rows);
  order.forEach((row, i) => (folds[row] = i % count));
  return folds;
}

const rowsWhere = (folds: Int32Array, is: (fold: number) => boolean): Int32Array =>
  Int32Array.from(folds.keys()).filter((row) => is(folds[row]));
