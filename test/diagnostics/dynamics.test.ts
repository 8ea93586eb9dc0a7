import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldOutScores } from '../../src/diagnostics/held-out-score.js';
import { impliedTimescales } from '../../src/diagnostics/implied-timescales.js';
import { autocorrelationAt } from '../../src/diagnostics/cv-quality.js';
import { slowestProcess } from '../../src/diagnostics/slowest-process.js';
import { autoregressive } from '../free-energy/random.js';
import { dataset, normals, twoStates } from './synthetic.js';

const whole = (frames: number) => [{ start: 0, end: frames, source: 'COLVAR' }];

test('time scales of AR(1) are −1/ln a at every lag, with the error that theory gives', () => {
  const [frames, a] = [100_000, 0.9];
  const exact = -1 / Math.log(a);
  const table = { values: autoregressive(frames, a, 3), width: 1 };
  const found = impliedTimescales(table, whole(frames), 2, { lags: [1, 5], blocks: 200 });
  assert.deepEqual(
    found.map(({ lag }) => lag),
    [2, 10],
  );
  // Bartlett: var â = (1 − a²)/N; t = −2/ln a in ps, dt/da = 2/(a ln² a).
  const error = (2 / (a * Math.log(a) ** 2)) * Math.sqrt((1 - a * a) / frames);
  const [{ value, lower, upper }] = found[0].timescales;
  assert.ok(Math.abs(value - 2 * exact) < 3 * error, `${value} for ${2 * exact} ± ${error}`);
  const half = (upper - lower) / 2;
  assert.ok(half > 0.75 * error && half < 1.25 * error, `${half} for ${error}`);
  const late = found[1].timescales[0];
  assert.ok(late.lower < 2 * exact + 2 * error && late.upper > 2 * exact - 2 * error, JSON.stringify(late));
});

test('time scales of a two-state Markov chain are −1/ln(1 − p − q)', () => {
  const [frames, p, q] = [100_000, 0.01, 0.03];
  const exact = -1 / Math.log(1 - p - q);
  const table = { values: twoStates(frames, p, q, 1), width: 1 };
  for (const { lag, timescales } of impliedTimescales(table, whole(frames), 1, {
    lags: [1, 10, 20],
    blocks: 100,
  })) {
    const [{ value, lower, upper }] = timescales;
    assert.ok(Math.abs(value - exact) < 1.5 * (upper - lower), `lag ${lag}: ${value} (${lower} to ${upper})`);
    assert.ok(upper - lower < 0.15 * exact, `lag ${lag}: ${lower} to ${upper}`);
  }
});

test('two processes come slowest first, and no pair reaches into another trajectory', () => {
  const frames = 40_000;
  const [slow, fast] = [autoregressive(frames, 0.95, 5), autoregressive(frames, 0.5, 6)];
  const values = new Float64Array(2 * frames);
  slow.forEach((value, i) => {
    values[2 * i] = value + fast[i];
    values[2 * i + 1] = value - 2 * fast[i];
  });
  const [{ timescales }] = impliedTimescales({ values, width: 2 }, whole(frames), 1, { lags: [1] });
  [0.95, 0.5].forEach((a, i) => {
    const { value, lower, upper } = timescales[i];
    assert.ok(Math.abs(value + 1 / Math.log(a)) < 1.5 * (upper - lower), `${i}: ${value}`);
  });
  const apart = [
    { start: 0, end: 2, source: 'a' },
    { start: 2, end: 4, source: 'b' },
  ];
  // Pairs (1, 2) and (3, 4) alone: about their mean 2.5, 2·(1.5·0.5) + … = 1.5 of 2.5 in each direction.
  const two = autocorrelationAt(Float64Array.of(1, 2, 3, 4), apart, 1);
  assert.ok(Math.abs(two! - 1.5 / 2.5) < 1e-12, String(two));
});

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
    const found = slowestProcess(inputs, 5)!;
    assert.ok(Math.abs(found - exact) < 0.03, `${found} for ${exact}`);
  }
});
