import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reconstruction } from '../../src/diagnostics/reconstruction.js';
import { dataset, normals } from './synthetic.js';

describe('reconstruction from frames with like CVs', () => {
  it('is the fraction of variance that the CV determines', () => {
    const frames = 20_000;
    const cv = normals(frames, 51);
    const [noise, other] = [normals(frames, 52), normals(frames, 53)];
    const inputs = dataset(
      ['same', 'half', 'square', 'none', 'constant'],
      [cv, cv.map((v, i) => v + noise[i]), cv.map((v) => v * v), other, other.map(() => 1)],
    );
    const { inputs: found, total } = reconstruction(inputs, { values: cv, width: 1 });
    const exact = [1, 0.5, 1, 0, 0];
    found.forEach((value, i) => assert.ok(Math.abs(value - exact[i]) < 0.06, `${i}: ${value}`));
    // Variances 1, 2, 2, 1 of which 1, 1, 2, 0 are explained.
    assert.ok(Math.abs(total - 4 / 6) < 0.04, String(total));
  });
});
