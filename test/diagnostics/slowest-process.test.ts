import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowestProcess } from '../../src/diagnostics/slowest-process.js';
import { dataset, normals, twoStates } from './synthetic.js';

test('the slowest process of inputs is found where it is linear, and where it is not', () => {
  const frames = 20_000;
  const slow = twoStates(frames, 0.01, 0.01, 12);
  const noise = normals(frames, 13);
  const exact = 0.98 ** 5;
  const linear = dataset(['a', 'b'], [slow.map((s, i) => s + 0.1 * noise[i]), noise]);
  // The state is whether (x, y) lies near or far from the middle: no linear combination knows it.
  const angle = normals(frames, 14).map((value) => 10 * value);
  const radius = slow.map((s, i) => 1 + 2 * s + 0.1 * noise[i]);
  const ring = dataset(
    ['x', 'y'],
    [radius.map((r, i) => r * Math.cos(angle[i])), radius.map((r, i) => r * Math.sin(angle[i]))],
  );
  for (const inputs of [linear, ring]) {
    const found = slowestProcess(inputs, 5)!.value;
    assert.ok(Math.abs(found - exact) < 0.03, `${found} for ${exact}`);
  }
});
