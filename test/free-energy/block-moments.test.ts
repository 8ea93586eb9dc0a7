import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockMoments, blocksOf, spreadOverBlocks } from '../../src/free-energy/block-moments.js';

const bins = (values: number[]) =>
  ({
    values: Float64Array.from(values),
    lower: 0,
    spacing: 1,
    nodes: 2,
    periodic: false,
    scheme: 'bin',
  }) as const;

test('blocks lie within ranges; of more ranges whole ones go together', () => {
  const two = blocksOf([{ start: 0, end: 4 }, { start: 4, end: 8 }], 4, 100); // prettier-ignore
  assert.deepEqual(two.flat().map(({ start, end }) => [start, end]), [[0, 2], [2, 4], [4, 6], [6, 8]]); // prettier-ignore
  const many = Array.from({ length: 10 }, (_, i) => ({ start: 3 * i, end: 3 * i + 3 }));
  const grouped = blocksOf(many, 10, 2);
  assert.deepEqual(
    grouped.map((block) => block.length),
    [5, 5],
  );
  assert.deepEqual(grouped.flat(), many);
});

test('the spread over blocks is Σ (N − D/ΣD)², by the definition', () => {
  const weights = Float64Array.of(1, 2, 3, 4, 5, 6);
  const blocks = [0, 2, 4].map((start) => [{ start, end: start + 2 }]);
  const sums = blockMoments(weights, blocks, [bins([0.5, 1.5, 0.5, 0.5, 1.5, 1.5])], (amounts) => [
    amounts.slice(),
  ]);
  assert.deepEqual([...sums.weights, ...sums.frames], [8, 13, 3, 3]);
  assert.deepEqual([sums.weight, sums.weightSquared], [21, 9 + 49 + 121]);
  // of the first bin: what each block has of it, in parts of the whole
  const parts = [1 / 8, 7 / 8, 0];
  const expected = [3, 7, 11].reduce((sum, weight, i) => sum + (parts[i] - weight / 21) ** 2, 0);
  const { squares, own } = spreadOverBlocks(sums, 0, [1 / 8]);
  assert.ok(Math.abs(squares - expected) < 1e-14);
  assert.ok(Math.abs(own - (1 + 49) / 64) < 1e-14);
});

test('frames outside the nodes weigh, but lie nowhere', () => {
  const sums = blockMoments(Float64Array.of(1, 1), [[{ start: 0, end: 2 }]], [bins([0.5, 7])], (amounts) => [
    amounts.slice(),
  ]);
  assert.deepEqual([...sums.weights, sums.weight], [1, 0, 2]);
});
