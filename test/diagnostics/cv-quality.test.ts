import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cvQuality, type CvQuality } from '../../src/diagnostics/cv-quality.js';
import { cvVerdict } from '../../src/diagnostics/verdict.js';
import { cvBasins } from '../../src/kinetics/index.js';
import { randomNumbers } from '../free-energy/random.js';
import { dataset, normals, twoStates } from './synthetic.js';
import { steep } from './steep.js';

describe('basins along a CV', () => {
  const jumps = twoStates(20_000, 0.001, 0.004, 21);
  const noise = normals(20_000, 22);
  const cv = jumps.map((s, i) => (s === 0 ? -1 : 1) + 0.15 * noise[i]);
  const inputs = dataset(['cv'], [cv]);

  it('are two with their weights, and every jump is a crossing', () => {
    const { basins, barriers } = cvBasins(cv, inputs.time, inputs.segments);
    const inSecond = jumps.reduce((sum, s) => sum + s, 0);
    assert.deepEqual(
      basins.map(({ frames }) => frames),
      [20_000 - inSecond, inSecond],
    );
    const count = jumps.reduce((sum, s, i) => sum + (i > 0 && s !== jumps[i - 1] ? 1 : 0), 0);
    assert.equal(barriers[0].crossings, count);
    assert.ok(Math.abs(barriers[0].position) < 0.4 && barriers[0].fewest === 0);
  });

  it('of a Gaussian, an even and a barely dented distribution are one', () => {
    const { uniform } = randomNumbers(5);
    const even = Float64Array.from({ length: 5000 }, () => uniform());
    // Two Gaussians 2.6 σ apart: the density in the middle is 0.86 of the peaks'.
    const dented = noise.map((value, i) => value + (i % 2) * 2.6);
    for (const values of [noise, even, dented]) {
      const { basins } = cvBasins(values, inputs.time.subarray(0, values.length), []);
      assert.equal(basins.length, 1);
    }
  });

  it('make a verdict: jumps, few crossings, a faster CV and a saturated one are doubtful', () => {
    const ground = { frames: 20_000 };
    const verdict = (quality: CvQuality, warnings: string[] = []) =>
      cvVerdict('node-0', quality, { ...ground, warnings });
    assert.equal(cvQuality({ cv, ...inputs, lag: 1 }).fewestBetween, 0);
    const sharp = jumps.map((s, i) => s + 0.005 * noise[i]);
    const { good, findings } = verdict(cvQuality({ cv: sharp, ...inputs, lag: 1 }));
    assert.ok(!good && findings.length === 1 && /^it jumps/.test(findings[0]), findings.join());
    const once = noise.map((value, i) => (i < 10_000 ? -1 : 1) + 0.15 * value);
    assert.match(verdict(cvQuality({ cv: once, ...inputs, lag: 1 })).headline, /only once/);
    const alone = verdict(cvQuality({ cv: noise, ...inputs, lag: 1 }));
    assert.match(alone.headline, /one basin only/);
    const well = { basins: 2, crossings: 10, framesBetween: 500, slowness: 0.9 };
    assert.ok(verdict(well).good);
    // four crossings are enough, and so are ten frames between the basins for each of them
    assert.ok(verdict({ ...well, crossings: 4, framesBetween: 40 }).good);
    assert.match(verdict({ ...well, crossings: 3 }).headline, /only 3 times along it/);
    assert.match(verdict({ ...well, crossings: 4, framesBetween: 39 }).headline, /it jumps: 39 frames/);
    assert.match(verdict({ ...well, slowness: 0.5 }).headline, /50 % of the autocorrelation/);
    assert.match(verdict(well, ['node-0 is saturated']).headline, /doubtful \(.*\): node-0 is saturated/);
  });

  it('promises nothing, and says what it rests on', () => {
    const well = { basins: 2, crossings: 10, framesBetween: 500, slowness: 0.9 };
    const { headline } = cvVerdict('node-0', well, { frames: 20_000, judgedOn: 'training' });
    assert.match(
      headline,
      /^nothing here speaks against node-0 \(on 20,000 frames it was trained on with 10 crossings\)/,
    );
    assert.match(headline, /only a run tells$/);
  });

  it('of a walk across all of the range are well', () => {
    const double = overdamped(200_000);
    const walk = dataset(['x'], [double]);
    const quality = cvQuality({ cv: double, ...walk, lag: 20, inputs: walk, gradient: steep(200_000) });
    const verdict = cvVerdict('x', quality, { frames: 200_000 });
    assert.ok(verdict.good, verdict.headline);
    assert.ok(quality.roughness! < 1e-12);
    // x is all that there is: its own slowest function is the inputs'.
    assert.ok(Math.abs(quality.slowness! - 1) < 0.01, String(quality.slowness));
  });
});

/** Euler steps in the double well 2 (x² − 1)² at kT = 1. */
function overdamped(frames: number): Float64Array {
  const { normal } = randomNumbers(31);
  const values = new Float64Array(frames).fill(-1);
  const dt = 0.02;
  for (let i = 1; i < frames; i++) {
    const x = values[i - 1];
    values[i] = x - 8 * x * (x * x - 1) * dt + Math.sqrt(2 * dt) * normal();
  }
  return values;
}
