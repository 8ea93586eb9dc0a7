import { columnValues } from '../../src/frames/index.js';
import { conformalQuantile, relativeWidth } from '../../src/properties/conformal.js';
import { propertyMetrics, type PropertyMetrics } from '../../src/properties/index.js';
import type { ContestantProcess } from '../contestants/contestant-process.js';
import { foldCount, rowsOf, type Folds } from './folds.js';
import type { Kept } from '../kept.js';
import { hull, type Oxides } from './oxides.js';
import { ownModel, type Own } from './own.js';
import type { LearningProtocol, Reduction, Regressor } from './protocol.js';

export type Learning = ContestantProcess<LearningProtocol>;

/** How rows are held out: their name, and the folds. */
export interface HeldOutBy {
  name: string;
  folds: Folds;
  /** Of our own models. */
  seed: number;
}

/** Predictions of all rows by models that have not seen them, and how far members disagree. */
export interface Predictions {
  predicted: Float64Array;
  spread?: Float64Array;
  seconds: number;
}

/** How well one contender does on one way of holding rows out. */
export interface Measured {
  heldOutBy: string;
  contender: string;
  size: number | null;
  metrics: PropertyMetrics;
}

/** One of our models, for one fold. */
export const ownOf = (
  kept: Kept,
  oxides: Oxides,
  { name, folds, seed }: HeldOutBy,
  of: { fold: number; size: number; member: number; method?: 'autoencoder'; property?: string },
): Promise<Own> => {
  const { fold, size, member, method, property = hull } = of;
  const what = method ?? (property === hull ? 'regression' : property);
  return kept.of(`${name}-${fold}-${what}-${size}-${member}`, () =>
    ownModel(oxides, {
      property,
      rows: rowsOf(folds, (each) => each !== fold),
      options: { latent: size, seed: seed + member, ...(method && { method }) },
    }),
  );
};

/** The mean of so many members, each row by those that have not seen it. */
export async function ensembleOf(
  kept: Kept,
  oxides: Oxides,
  by: HeldOutBy,
  { size, members, property }: { size: number; members: number; property?: string },
): Promise<Predictions> {
  const rows = oxides.table.frames;
  const [predicted, spread] = [new Float64Array(rows), new Float64Array(rows)];
  let seconds = 0;
  for (let fold = 0; fold < foldCount; fold++) {
    const all: Own[] = [];
    for (let member = 0; member < members; member++)
      all.push(await ownOf(kept, oxides, by, { fold, size, member, ...(property && { property }) }));
    seconds += all.reduce((sum, own) => sum + own.seconds, 0);
    for (const row of rowsOf(by.folds, (each) => each === fold)) {
      const said = all.map((own) => own.predicted![row]);
      const mean = said.reduce((sum, value) => sum + value / members, 0);
      predicted[row] = mean;
      spread[row] = Math.sqrt(said.reduce((sum, value) => sum + (value - mean) ** 2 / members, 0));
    }
  }
  return { predicted, ...(members > 1 && { spread }), seconds };
}

/** Features that a model of ours makes of all rows, in a fold that it has not seen; what is kept goes by the name. */
export interface Latents {
  name: string;
  of: (fold: number) => Promise<number[][]>;
}

/** Predictions of all rows by scikit-learn, each by a regressor that has not seen it. */
export async function theirs(
  { kept, oxides, learning }: { kept: Kept; oxides: Oxides; learning: Learning },
  { name, folds }: HeldOutBy,
  how: {
    regressor: Regressor;
    reduction: Reduction;
    size: number;
    given?: Latents;
  },
): Promise<Float64Array> {
  const { regressor, reduction, size, given } = how;
  const predicted = new Float64Array(oxides.table.frames);
  for (let fold = 0; fold < foldCount; fold++) {
    const test = rowsOf(folds, (each) => each === fold);
    const key = `${name}-${fold}-${regressor}-${reduction}-${size}${given ? `-${given.name}` : ''}`;
    const answer = await kept.of(key, async () =>
      learning.ask('predict', {
        ...{ property: hull, regressor, reduction, size },
        train: [...rowsOf(folds, (each) => each !== fold)],
        test: [...test],
        ...(given && { given: await given.of(fold) }),
      }),
    );
    test.forEach((row, i) => (predicted[row] = answer.predicted[i]));
  }
  return predicted;
}

export const measuredOf = ({ table }: Oxides, predicted: Float64Array, property = hull): PropertyMetrics =>
  propertyMetrics(columnValues(table, property), predicted)!;

/** Part of rows that 90 % intervals hold, their mean width, and part held in the third of the rows with most spread. */
export interface Coverage {
  held: number;
  halfWidth: number;
  most: number;
}

/**
 * Intervals of rows from errors of others: of the other folds, or of another way of holding out (as a model that was judged on random
 * folds has them, on elements that it has not seen).
 */
export function coverage(
  oxides: Oxides,
  { own, folds }: { own: Predictions; folds: Folds },
  { scaled, from }: { scaled: boolean; from?: Predictions },
): Coverage {
  const truth = columnValues(oxides.table, hull);
  const rows = [...truth.keys()];
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
  const source = from ?? own;
  const middle = scaled ? mean(source.spread!) : 1;
  const widthOf = (said: Predictions, row: number): number =>
    scaled ? relativeWidth(said.spread![row], middle) : 1;
  const score = (said: Predictions, row: number): number =>
    Math.abs(truth[row] - said.predicted[row]) / widthOf(said, row);
  const quantile = Array.from({ length: foldCount }, (_, fold) =>
    conformalQuantile(
      rows.filter((row) => from || folds[row] !== fold).map((row) => score(source, row)),
      0.9,
    ),
  );
  const held = rows.filter((row) => score(own, row) <= quantile[folds[row]]!);
  const byWidth = [...rows].sort((a, b) => own.spread![b] - own.spread![a]);
  const most = new Set(byWidth.slice(0, Math.floor(rows.length / 3)));
  return {
    held: held.length / rows.length,
    halfWidth: mean(rows.map((row) => quantile[folds[row]]! * widthOf(own, row))),
    most: held.filter((row) => most.has(row)).length / most.size,
  };
}
