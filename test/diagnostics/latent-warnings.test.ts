import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { latentWarnings } from '../../src/diagnostics/latent-warnings.js';
import { cvBasins } from '../../src/kinetics/index.js';
import { dataset, normals } from './synthetic.js';
import { steep } from './steep.js';

describe('warnings', () => {
  const frames = 2000;
  const [a, b] = [normals(frames, 61), normals(frames, 62)];
  const pair = (first: Float64Array, second: Float64Array) => ({
    values: Float64Array.from({ length: 2 * frames }, (_, i) => (i % 2 ? second : first)[i >> 1]),
    width: 2,
  });
  const warn = (first: Float64Array, second: Float64Array, gradient = steep(frames, 2)) =>
    latentWarnings(['node-0', 'node-1'], pair(first, second), gradient).join('; ');

  it('are none for two CVs of their own', () => assert.equal(warn(a, b), ''));
  it('name a CV that follows another', () =>
    assert.match(
      warn(
        a,
        a.map((value, i) => 0.1 * b[i] - value),
      ),
      /degenerate: node-1 follows node-0/,
    ));
  it('name a CV that is constant', () =>
    assert.match(
      warn(
        a,
        b.map(() => 2),
      ),
      /node-1 is degenerate/,
    ));
  it('name a CV at the ends of its range', () =>
    assert.match(
      warn(
        a.map((value) => Math.tanh(20 * value)),
        b,
      ),
      /node-0 is saturated: \d+ % of the frames lie at the ends/,
    ));
  it('name a CV without a gradient', () => {
    const gradient = steep(frames, 2);
    for (let i = 0; i < frames; i += 2) gradient.length[2 * i + 1] = 1e-4;
    assert.match(warn(a, b, gradient), /node-1 is saturated: its gradient vanishes on 50 %/);
  });
  it('say that one basin is one basin', () => {
    const inputs = dataset(['a'], [a]);
    const basins = cvBasins(a, inputs.time, inputs.segments);
    assert.match(
      latentWarnings(['node-0'], { values: a, width: 1 }, steep(frames), basins).join(),
      /one basin only/,
    );
  });
});
