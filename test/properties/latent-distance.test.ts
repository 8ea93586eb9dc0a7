import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latentPercentiles, latentSample } from '../../src/properties/index.js';
import { Random } from '../../src/support/random.js';

test('on a line of points one apart, rows between them are near and those beyond them far', () => {
  const sample = latentSample(
    Array.from({ length: 50 }, (_, i) => i),
    1,
  );
  assert.deepEqual(new Set(sample.percentiles), new Set([1]));
  assert.deepEqual([...latentPercentiles([10.4, 48.5, 50.5, -3], sample)], [0, 0, 100, 100]);
});

test('rows like those of the training are spread evenly over the percentiles', () => {
  const random = new Random(3);
  const draw = (rows: number): number[] => Array.from({ length: 2 * rows }, () => random.normal());
  const found = latentPercentiles(draw(2000), latentSample(draw(3000), 2));
  const part = (above: number): number => found.filter((value) => value > above).length / found.length;
  assert.ok(Math.abs(part(50) - 0.5) < 0.06 && part(99) < 0.04, `${part(50)}, ${part(99)}`);
});
