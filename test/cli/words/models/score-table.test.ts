import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  byScore,
  overFolds,
  scoreRow,
  scoreTable,
  spreadInWords,
} from '../../../../src/cli/words/models/score-table.js';
import type { TrainSettings } from '../../../../src/training/index.js';

const folds = [
  { validationLoss: 1, vamp2: 1.5, epochs: 10 },
  { validationLoss: 3, vamp2: 1.7, epochs: 20 },
];
const settings = { method: 'vampnet', latent: 2, hidden: [8, 4], lag: 5 } as unknown as TrainSettings;

test('mean and deviation over folds, of one fold no deviation, of none nothing', () => {
  assert.deepEqual(overFolds(folds, 'validationLoss'), { mean: 2, deviation: Math.sqrt(2) });
  assert.deepEqual(overFolds(folds.slice(1), 'epochs'), { mean: 20, deviation: 0 });
  assert.equal(overFolds(folds, 'varianceExplained'), undefined);
  assert.deepEqual(
    [
      spreadInWords(undefined),
      spreadInWords({ mean: 2, deviation: 0 }),
      spreadInWords({ mean: 2, deviation: 0.1 }),
    ],
    ['–', '2.000', '2.000 ± 0.100'],
  );
});

test('the best score first, among equals the lowest loss', () => {
  const row = (vamp2: number, validationLoss: number) =>
    scoreRow(settings, [{ vamp2, validationLoss, epochs: 1 }]);
  const sorted = [row(1, 5), row(2, 9), row(1, 2)].sort(byScore);
  assert.deepEqual(
    sorted.map(({ vamp2, validationLoss }) => [vamp2!.mean, validationLoss!.mean]),
    [
      [2, 9],
      [1, 2],
      [1, 5],
    ],
  );
});

test('columns are as wide as their widest cell', () => {
  const lines = scoreTable([scoreRow(settings, folds)]);
  assert.match(lines[1], /^vampnet {2}2 {4}8,4 {5}5 {8}1\.600 ± 0\.141 {2}–/);
  assert.equal(lines[0].indexOf('VAMP-2'), lines[1].indexOf('1.600'));
});
