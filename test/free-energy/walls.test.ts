import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coordinateSpread } from '../../src/free-energy/axes/coordinate-spread.js';
import { hardEnds } from '../../src/free-energy/walls.js';
import type { WeightedSample } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';

const frames = 6000;
function endsOf(values: Float64Array, blocks: number): [number, number] {
  const weights = new Float64Array(frames).fill(1);
  const spread = coordinateSpread(values, {
    ranges: [{ start: 0, end: frames }],
    weights,
  } as unknown as WeightedSample);
  const each = frames / blocks;
  const own = Array.from({ length: blocks }, (_, i) => [{ start: i * each, end: (i + 1) * each }]);
  return hardEnds(values, own, spread, 0.2);
}

test('an even density has walls, one that falls off has none', () => {
  const random = new Random(2);
  const even = Float64Array.from({ length: frames }, () => random.uniform());
  assert.deepEqual(endsOf(even, 10), [Math.min(...even), Math.max(...even)]);
  const normal = Float64Array.from({ length: frames }, () => random.normal());
  assert.deepEqual(endsOf(normal, 10), [-Infinity, Infinity]);
  // an exponential: a wall at one end
  const decay = Float64Array.from({ length: frames }, () => -Math.log(1 - random.uniform()));
  assert.deepEqual(endsOf(decay, 10), [Math.min(...decay), Infinity]);
});

test('an end that few blocks came to is no wall', () => {
  const random = new Random(3);
  const even = Float64Array.from({ length: frames }, () => random.uniform());
  assert.deepEqual(endsOf(even, 4), [-Infinity, Infinity]);
});
