import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldOutScores } from '../../src/diagnostics/held-out-score.js';
import { autoregressive } from '../free-energy/random.js';
import { normals } from './synthetic.js';

const whole = (frames: number) => [{ start: 0, end: frames, source: 'COLVAR' }];

test('held-out scores of independent AR(1) processes are Σ a² at the lag', () => {
  const frames = 200_000;
  const values = new Float64Array(2 * frames);
  autoregressive(frames, 0.9, 8).forEach((value, i) => (values[2 * i] = value));
  autoregressive(frames, 0.6, 9).forEach((value, i) => (values[2 * i + 1] = value));
  const exact = 0.9 ** 4 + 0.6 ** 4;
  const { vamp2, vampE } = heldOutScores({ values, width: 2 }, whole(frames), 2)!;
  for (const { mean, error } of [vamp2, vampE]) {
    assert.ok(Math.abs(mean - exact) < 4 * error && error < 0.02, `${mean} ± ${error} for ${exact}`);
  }
});

test('a held-out score does not reward what a fold alone shows', () => {
  // Eight columns of noise on 200 frames: in-sample VAMP-2 is about k/N each, VAMP-E of another fold is negative.
  const { vamp2, vampE } = heldOutScores({ values: normals(1600, 4), width: 8 }, whole(200), 1)!;
  assert.ok(vamp2.mean > 0.5, String(vamp2.mean));
  assert.ok(vampE.mean < 0, String(vampE.mean));
});
