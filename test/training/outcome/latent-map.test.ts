import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ranges } from '../../../src/training/ranges.js';
import { analyseLatent, project } from '../../../src/training/outcome/latent-map.js';
import { Random } from '../../../src/support/random.js';

test('the longer tail of a CV is positive, whichever way the latent has it', () => {
  const frames = 2000;
  const random = new Random(4);
  // exponential: from 0 upwards, its mean far below the middle of its range
  const tail = Float64Array.from({ length: frames }, () => -Math.log(1 - random.uniform()));
  const now = Int32Array.from(tail.keys()).subarray(0, frames - 1);
  const samples = { now, later: now.map((frame) => frame + 1) };
  for (const orientation of ['slow', 'variance'] as const)
    for (const sign of [1, -1]) {
      const latent = tail.map((value) => sign * value);
      const { map } = analyseLatent(latent, { width: 1, k: 1 }, samples, orientation, 1);
      const cv = project(latent, map);
      const { min, max } = ranges(cv, 1);
      assert.ok(Math.abs(min[0] + 1) < 1e-12 && Math.abs(max[0] - 1) < 1e-12);
      const longest = tail.indexOf(Math.max(...tail));
      assert.ok(cv[longest] > 0.99, `${orientation}, ${sign}: ${cv[longest]}`);
    }
});
