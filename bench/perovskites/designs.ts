import { ensembleModel, predict } from '../../src/campaign/index.js';
import { columnValues } from '../../src/frames/index.js';
import { design } from '../../src/design/index.js';
import { readModelFile, writeModelFile } from '../../src/onnx/index.js';
import { someColumns, someRows } from '../../src/properties/some-rows.js';
import { train, type TrainedEncoder } from '../../src/training/index.js';
import { randomFolds, rowsOf } from './folds.js';
import type { Kept } from '../kept.js';
import { hull, type Oxides } from './oxides.js';
import type { Learning } from './properties.js';

/** Rows that each proposes first, of a fifth that nobody has seen, and the energies above the hull that they turn out to have. */
export interface Proposed {
  split: number;
  by: string;
  energies: number[];
}

/** Members of the model, and epochs of each: half as many as by default, for time. */
const [members, epochs] = [5, 75];

/** How many rows are proposed. */
export const proposals = 50;

/** What a split held back, and in which order each contender proposes rows of it. */
export async function proposedOf(
  { kept, oxides, learning }: { kept: Kept; oxides: Oxides; learning: Learning },
  split: number,
): Promise<Proposed[]> {
  const folds = randomFolds(oxides.table.frames, split);
  const [known, held] = [rowsOf(folds, (fold) => fold !== 0), rowsOf(folds, (fold) => fold === 0)];
  const truth = columnValues(oxides.table, hull);
  const ours = await kept.of(`designs-${split}`, () => designed(oxides, { known, held, seed: split }));
  const forest = await kept.of(`forest-${split}`, () =>
    learning.ask('predict', {
      ...{ property: hull, regressor: 'forest', reduction: 'none', size: 0 },
      train: [...known],
      test: [...held],
    }),
  );
  const lowest = (predicted: readonly number[]): number[] =>
    [...predicted.keys()].sort((a, b) => predicted[a] - predicted[b]).slice(0, proposals);
  const found = {
    designs: ours.nearest,
    'own predictions': lowest(ours.predicted),
    forest: lowest(forest.predicted),
  };
  return [
    ...Object.entries(found).map(([by, rows]) => ({
      split,
      by,
      energies: rows.map((row) => truth[held[row]]),
    })),
    { split, by: 'all that were held back', energies: [...held].map((row) => truth[row]) },
  ];
}

/** Rows of those held back that are nearest to the candidates, each once, best first; and what the model says of all of them. */
async function designed(
  { table, features }: Oxides,
  { known, held, seed }: { known: Int32Array; held: Int32Array; seed: number },
): Promise<{ nearest: number[]; predicted: number[]; candidates: number }> {
  const inputs = someColumns(table, [...features, hull]);
  const [learned, fresh] = [someRows(inputs, known), someRows(inputs, held)];
  const encoders: TrainedEncoder[] = [];
  for (let member = 0; member < members; member++)
    encoders.push(
      await train(learned, {
        ...{ rows: true, properties: [hull], method: 'multitask-autoencoder', latent: 8, epochs },
        seed: seed + member,
      }),
    );
  const model = readModelFile(writeModelFile(ensembleModel(encoders)));
  // more candidates than proposals, since several can have the same nearest row
  const { candidates } = await design(model, { dataset: learned }, `min ${hull}`, {
    ...{ count: 20 * proposals, neighbours: 1, near: { dataset: fresh } },
  });
  const nearest = [...new Set(candidates.map((candidate) => candidate.nearest[0].row))].slice(0, proposals);
  const predicted = [...columnValues(await predict(model, fresh), hull)];
  return { nearest, predicted, candidates: candidates.length };
}
