import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { idleColumns } from '../../../src/training/data/idle-columns.js';
import { Random } from '../../../src/support/random.js';
import { tableOf } from '../data.js';

const frames = 500;
const random = new Random(9);
const x = Float64Array.from({ length: frames }, () => random.uniform(-1, 1));
const angle = x.map((value) => 3 * value);

function table(columns: Record<string, ArrayLike<number>>, period?: readonly [number, number]): Dataset {
  const names = Object.keys(columns);
  const data = new Float64Array(frames * names.length);
  names.forEach((name, i) => {
    for (let frame = 0; frame < frames; frame++) data[frame * names.length + i] = columns[name][frame];
  });
  return tableOf(
    names.map((label) => (period && label.startsWith('phi') ? { label, period } : { label })),
    data,
  );
}

const told = (dataset: Dataset): string[] => idleColumns(dataset).map(({ label, why }) => `${label}: ${why}`);

test('constants and copies to round-off, scaled or turned round, are idle; the first of copies is not', () => {
  const found = told(
    table({
      x,
      same: x,
      scaled: x.map((value) => 0.1 * value + 7),
      turned: x.map((value) => -3 * value),
      still: x.map(() => 0.1),
      nearly: x.map((value) => 5 + 1e-12 * value),
      square: x.map((value) => value ** 2),
      other: x.map((value, i) => value + 1e-8 * (i % 2)),
    }),
  );
  assert.deepEqual(found, [
    'same: it is a copy of x',
    'scaled: it is a copy of x',
    'turned: it is a copy of x',
    'still: it is constant',
    'nearly: it is constant',
  ]);
});

test('in single precision round-off is larger', () => {
  const found = told(
    table({ x: x.map((v) => Math.fround(v)), scaled: x.map((v) => Math.fround(0.3 * v + 0.2)) }),
  );
  assert.deepEqual(found, ['scaled: it is a copy of x']);
  assert.deepEqual(told(table({ x, y: x.map((v, i) => v * (i === 7 ? 1.001 : 1)) })), []);
});

test('periodic columns are copies only of the same', () => {
  const pi = Math.PI;
  const given = { phi: angle, 'phi-again': angle, 'phi-half': angle.map((v) => v / 2), plain: angle };
  assert.deepEqual(told(table(given, [-pi, pi])), ['phi-again: it is a copy of phi']);
});

test('values that are not finite are left to the check that names them', () => {
  assert.deepEqual(told(table({ x, broken: x.map((v, i) => (i === 3 ? NaN : v)) })), []);
});
