import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unbiasedSample } from '../../src/sampling/index.js';
import { Random } from '../../src/support/random.js';
import { tellApart } from '../../src/states/tell-apart.js';

const frames = 30_000;
const random = new Random(7);
const labels = Uint8Array.from({ length: frames }, (_, i) => (i % 10 === 0 ? 2 : i % 10 === 1 ? 3 : 1));
const column = (label: string, value: (state: number) => number, period?: readonly [number, number]) => ({
  label,
  period,
  values: Float64Array.from(labels, value),
});
const sample = unbiasedSample(frames, 300);
const pi = Math.PI;

test('columns by how much a state differs in them from all others', () => {
  const columns = [
    column('noise', () => random.normal()),
    column('second', (state) => (state === 2 ? 3 : 0) + random.normal()),
    column('third', (state) => (state === 3 ? 100 : 0) + random.normal()),
  ];
  const [, second, third] = tellApart(columns, labels, 3, sample);
  assert.deepEqual([second[0].column, third[0].column], ['second', 'third']);
  // two unit Gaussians three apart: 2 Φ(1.5) − 1 = 0.8664
  assert.ok(Math.abs(second[0].separation - 0.866) < 0.03, String(second[0].separation));
  assert.ok(Math.abs(second[0].effect - 3) < 0.05, String(second[0].effect));
  assert.ok(Math.abs(third[0].separation - 1) < 1e-9);
  const noise = second.find((each) => each.column === 'noise')!;
  assert.ok(noise.separation < 0.06 && Math.abs(noise.effect) < 0.05, `${noise.separation} ${noise.effect}`);
});

test('other states count alike, however populated', () => {
  // the first holds 80 % of the frames; the third, as far on the other side, as much of the rest as it
  const [, second] = tellApart([column('x', (state) => state + 0.1 * random.normal())], labels, 3, sample);
  assert.ok(Math.abs(second[0].othersMean - 2) < 0.02 && Math.abs(second[0].othersDeviation - 1) < 0.05);
  assert.ok(second[0].separation > 0.98);
  assert.ok(Math.abs(second[0].effect) < 0.02);
});

test('a periodic column is met on its shorter side', () => {
  const around = (at: number): number => at - 2 * pi * Math.floor((at + pi) / (2 * pi));
  const torsion = column(
    'phi',
    (state) => around((state === 2 ? pi - 0.3 : -pi + 0.3) + 0.1 * random.normal()),
    [-pi, pi],
  );
  const [, second] = tellApart([torsion], labels, 3, sample);
  assert.ok(Math.abs(second[0].effect + 6) < 0.3, String(second[0].effect));
  assert.ok(Math.abs(second[0].mean - (pi - 0.3)) < 0.02 && Math.abs(second[0].othersMean + pi - 0.3) < 0.02);
});
