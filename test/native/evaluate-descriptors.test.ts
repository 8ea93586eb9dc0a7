import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateDescriptors } from '../../src/native/index.js';

const lines = { descriptors: ['distance 0 1', 'volume'], references: [], minimumImage: true };
const box = Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3);

test('descriptors are those of positions and box in memory', () => {
  assert.deepEqual([...evaluateDescriptors(lines, Float64Array.of(0, 0, 0, 0.75, 0, 0), box)], [0.25, 6]);
});

test('what cannot be evaluated is refused', () => {
  const at = Float64Array.of(0, 0, 0, 0.75, 0, 0);
  assert.throws(() => evaluateDescriptors(lines, at), { message: /periodic/ });
  assert.throws(() => evaluateDescriptors(lines, at.subarray(0, 5), box), {
    code: 'bad-argument',
    message: /multiple of 3/,
  });
  assert.throws(() => evaluateDescriptors(lines, at, box.subarray(0, 8)), {
    code: 'bad-argument',
    message: /expected 9 numbers/,
  });
  assert.throws(
    () =>
      evaluateDescriptors(
        lines,
        at.map(() => NaN),
        box,
      ),
    { code: 'bad-data', message: /finite positions/ },
  );
  assert.throws(() => evaluateDescriptors({ ...lines, descriptors: ['distance 0 7'] }, at, box), {
    code: 'bad-model',
  });
});
