import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impliedTimescales, slowProcesses } from '../../src/kinetics/index.js';
import { twoStates } from '../diagnostics/synthetic.js';
import { autoregressive } from '../free-energy/random.js';

const whole = (frames: number) => [{ start: 0, end: frames }];

test('time scales of AR(1) are −1/ln a at every lag, with the error that theory gives', () => {
  const [frames, a] = [100_000, 0.9];
  const exact = -1 / Math.log(a);
  const cv = autoregressive(frames, a, 3);
  const found = impliedTimescales([cv], whole(frames), 2, { lags: [1, 5] });
  assert.deepEqual(
    found.map(({ lag }) => lag),
    [2, 10],
  );
  // Bartlett: var â = (1 − a²)/N; t = −2/ln a in ps, dt/da = 2/(a ln² a).
  const error = (2 / (a * Math.log(a) ** 2)) * Math.sqrt((1 - a * a) / frames);
  const { value, lower, upper } = found[0].timescales[0]!;
  assert.ok(Math.abs(value - 2 * exact) < 3 * error, `${value} for ${2 * exact} ± ${error}`);
  const half = (upper - lower) / 2;
  // a jackknife over forty parts knows an error to a ninth
  assert.ok(half > 0.7 * error && half < 1.4 * error, `${half} for ${error}`);
  const late = found[1].timescales[0]!;
  assert.ok(late.lower < 2 * exact + 2 * error && late.upper > 2 * exact - 2 * error, JSON.stringify(late));
});

test('time scales of a two-state Markov chain are −1/ln(1 − p − q); a CV left out has none', () => {
  const [frames, p, q] = [100_000, 0.01, 0.03];
  const exact = -1 / Math.log(1 - p - q);
  const found = impliedTimescales([undefined, twoStates(frames, p, q, 1)], whole(frames), 1, {
    lags: [1, 10, 20],
  });
  assert.equal(found.length, 3);
  for (const { lag, timescales } of found) {
    assert.equal(timescales[0], undefined);
    const { value, lower, upper } = timescales[1]!;
    assert.ok(Math.abs(value - exact) < 1.5 * (upper - lower), `lag ${lag}: ${value} (${lower} to ${upper})`);
    assert.ok(upper - lower < 0.15 * exact, `lag ${lag}: ${lower} to ${upper}`);
  }
});

test('no pair reaches from one trajectory into another', () => {
  // A thousand trajectories of two frames each, 0 0 or 1 1 in turn: within them all is kept, across them all changes.
  const label = Int32Array.from({ length: 2000 }, (_, i) => Math.floor(i / 2) % 2);
  const segments = Array.from({ length: 1000 }, (_, i) => ({ start: 2 * i, end: 2 * i + 2 }));
  const [slowest] = slowProcesses({ groups: [{ label, count: 2 }] }, segments, 1, 1);
  assert.ok(Math.abs(slowest.value - 1) < 1e-9, String(slowest.value));
});

test('independent processes come slowest first, each with the autocorrelation that the theory gives', () => {
  const frames = 50_000;
  const chains = [twoStates(frames, 0.01, 0.01, 4), twoStates(frames, 0.05, 0.05, 5)];
  const groups = chains.map((chain) => ({ label: Int32Array.from(chain), count: 2 }));
  // Eigenvalues of the product chain at lag 2: λ², μ² and, had both indicators been multiplied, (λμ)².
  const found = slowProcesses({ groups }, whole(frames), 2, 2);
  [0.98 ** 2, 0.9 ** 2].forEach((exact, i) => {
    const { value, error } = found[i];
    assert.ok(Math.abs(value - exact) < 3 * error && error < 0.01, `${i}: ${value} ± ${error} for ${exact}`);
  });
});
