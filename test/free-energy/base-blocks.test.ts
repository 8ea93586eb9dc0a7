import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseBlocks, ratioSums, totalOf } from '../../src/free-energy/base-blocks.js';

test('few frames are blocks of their own, counted range by range', () => {
  const { blocks, ranges } = baseBlocks([
    { start: 0, end: 2 },
    { start: 5, end: 8 },
  ]);
  assert.deepEqual(
    blocks.map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [1, 2],
      [5, 6],
      [6, 7],
      [7, 8],
    ],
  );
  assert.deepEqual(ranges, [
    { start: 0, end: 2 },
    { start: 2, end: 5 },
  ]);
});

test('many frames are about 2¹⁵ blocks, that hold each frame once', () => {
  const { blocks } = baseBlocks([{ start: 0, end: 1_000_000 }]);
  assert.ok(blocks.length <= 2 ** 15 + 1 && blocks.length > 2 ** 14, `${blocks.length}`);
  assert.equal(blocks[0].start, 0);
  assert.equal(blocks.at(-1)!.end, 1_000_000);
  blocks.slice(1).forEach(({ start }, i) => assert.equal(start, blocks[i].end));
});

test('sums of weights and their squares, on either side of a ratio or neither', () => {
  const base = baseBlocks([{ start: 0, end: 4 }]);
  const sums = ratioSums(base, Float64Array.of(1, 2, 3, 4), (frame) => ([1, -1, 0, 1] as const)[frame]);
  assert.deepEqual(
    (['numerator', 'denominator', 'weights', 'frames', 'nn', 'nd', 'dd', 'ww'] as const).map((name) =>
      totalOf(sums, name),
    ),
    [5, 2, 10, 4, 17, 0, 4, 30],
  );
});
