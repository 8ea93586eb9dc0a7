import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { roughness } from '../../src/diagnostics/roughness.js';
import { randomNumbers } from '../free-energy/random.js';
import { normals } from './synthetic.js';
import { steep } from './steep.js';

describe('roughness', () => {
  const frames = 20_000;
  const { uniform } = randomNumbers(41);
  const angle = Float64Array.from({ length: frames }, () => uniform());
  const spread = normals(frames, 42);
  const barrier = {
    position: 0.5,
    depth: 0,
    between: [0.2, 0.8] as const,
    frames: 0,
    fewest: 0,
    crossings: 0,
  };
  const of = (length: Float64Array) => roughness(angle, 0, { ...steep(frames), length }, [barrier])!;

  it('is the deviation of ln|∇cv| at equal CV', () => {
    // |∇θ| = 1/r with ln r of deviation 0.3, whatever θ: the deviation of a deviation is 0.3/√(2n).
    const found = of(spread.map((value) => Math.exp(0.3 * value)));
    assert.ok(Math.abs(found - 0.3) < (4 * 0.3) / Math.sqrt(2 * 0.6 * frames), String(found));
  });

  it('is zero for a gradient that depends on the CV in steps of its parts', () => {
    assert.ok(of(angle.map((value) => Math.exp(Math.floor((value - 0.2) / 0.06)))) < 1e-6);
  });
});
