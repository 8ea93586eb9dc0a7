import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesIn, splitIntoBlocks } from '../../src/sampling/segments.js';

const replicas = [
  { start: 0, end: 100 },
  { start: 100, end: 150 },
];

test('blocks cover every frame once and never cross a replica', () => {
  for (const count of [1, 2, 3, 7, 30, 150]) {
    const blocks = splitIntoBlocks(replicas, count);
    assert.equal(framesIn(blocks), 150);
    blocks.forEach(({ start }, i) => assert.equal(start, i ? blocks[i - 1].end : 0));
    assert.ok(blocks.some(({ end }) => end === 100));
  }
  assert.equal(splitIntoBlocks(replicas, 1).length, 2);
  assert.equal(splitIntoBlocks(replicas, 150).length, 150);
  assert.equal(splitIntoBlocks(replicas, 9).length, 9);
});
