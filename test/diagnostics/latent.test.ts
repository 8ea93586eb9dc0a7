import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cvQuality, type CvQuality } from '../../src/diagnostics/cv-quality.js';
import { latentWarnings } from '../../src/diagnostics/latent-warnings.js';
import { modelValues, type GradientSample } from '../../src/diagnostics/model-values.js';
import { reconstruction } from '../../src/diagnostics/reconstruction.js';
import { roughness } from '../../src/diagnostics/roughness.js';
import { stateSeparation } from '../../src/diagnostics/state-separation.js';
import { cvVerdict } from '../../src/diagnostics/verdict.js';
import { constant, input, jacobian, matmul } from '../../src/graph/index.js';
import { cvBasins } from '../../src/kinetics/index.js';
import { randomNumbers } from '../free-energy/random.js';
import { dataset, normals, twoStates } from './synthetic.js';

const steep = (frames: number, k = 1): GradientSample => ({
  frames: Int32Array.from({ length: frames }, (_, i) => i),
  length: new Float64Array(frames * k).fill(1),
  sensitivity: new Float64Array(k),
});

describe('sensitivities and gradients', () => {
  it('of a linear model are |weight| · σ', async () => {
    const columns = [1, 0.2, 3].map((scale, i) => normals(3000, i + 1).map((value) => scale * value + i));
    const inputs = dataset(['a', 'b', 'c'], columns);
    const x = input('x', ['n', 3]);
    const weight = [0.5, -1, 2, 0.25, -0.1, 0];
    const cv = matmul(x, constant(weight, [3, 2], 'w'));
    const { cv: values, gradient } = await modelValues({ x, cv, jacobian: jacobian(cv, x) }, inputs);
    const [a, b, c] = inputs.data;
    assert.ok(
      Math.abs(values[1] - (-a + 0.25 * b)) < 1e-12 &&
        Math.abs(values[0] - (0.5 * a + 2 * b - 0.1 * c)) < 1e-12,
    );
    const sigma = columns.map((column) => {
      const mean = column.reduce((sum, v) => sum + v, 0) / 3000;
      return Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 3000);
    });
    for (const j of [0, 1]) {
      const parts = sigma.map((s, i) => Math.abs(weight[2 * i + j]) * s);
      parts.forEach((part, i) =>
        assert.ok(Math.abs(gradient.sensitivity[3 * j + i] - part) < 1e-12, `${j} ${i}`),
      );
      assert.ok(Math.abs(gradient.length[2 * 7 + j] - Math.hypot(...parts)) < 1e-12);
    }
  });

  it('take a periodic input by its spread on the circle', async () => {
    const angles = normals(4000, 3)
      .map((value) => Math.PI + 0.3 * value)
      .map((v) => (v > Math.PI ? v - 2 * Math.PI : v));
    const inputs = {
      ...dataset(['phi'], [angles]),
      columns: [{ label: 'phi', period: [-Math.PI, Math.PI] as const }],
    };
    const x = input('x', ['n', 1]);
    const cv = matmul(x, constant([2], [1, 1], 'w'));
    const { gradient } = await modelValues({ x, cv, jacobian: jacobian(cv, x) }, inputs);
    assert.ok(Math.abs(gradient.sensitivity[0] - 0.6) < 0.02, String(gradient.sensitivity[0]));
  });
});

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

describe('states that are known', () => {
  it('are told apart as far as a threshold can', () => {
    const cv = Float64Array.of(0, 1, 2, 3, 4, 5, 9);
    // A threshold at 2.5 has three of three and two of three right.
    assert.deepEqual(stateSeparation(cv, [0, 0, 0, 1, 1, 0, -1])!.balancedAccuracy, (3 / 4 + 1) / 2);
    assert.equal(stateSeparation(Float64Array.of(0, 0, 2, 2), [0, 0, 1, 1])!.betweenStates, 1);
    assert.equal(stateSeparation(Float64Array.of(0, 2, 0, 2), [0, 0, 1, 1])!.betweenStates, 0);
    assert.equal(
      stateSeparation(
        cv,
        cv.map(() => 0),
      ),
      undefined,
    );
  });
});

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
