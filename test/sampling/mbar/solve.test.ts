import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatentcvError } from '../../../src/support/errors.js';
import { Random } from '../../../src/support/random.js';
import { mbarWeights, solveMbar } from '../../../src/sampling/mbar/index.js';
import { biasWeights } from '../../../src/sampling/reweight.js';
import { thermalEnergy } from '../../../src/sampling/thermal.js';
import { exactWindow, harmonicWindows } from './harmonic.js';

const close = (actual: number, expected: number, tolerance: number, words = ''): void =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${words} ${actual}, expected ${expected}`);

const chain = { kappa: 10, centres: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2] };

test('windows over a harmonic potential give its free energies and its variance', () => {
  const windows = harmonicWindows({ ...chain, counts: chain.centres.map(() => 20_000), seed: 1 });
  const solution = solveMbar(windows);
  const exact = chain.centres.map((centre) => exactWindow(1, chain.kappa, centre));
  // the ends are 4 kT above the middle, and known to 0.02
  exact.forEach((f, state) => close(solution.f[state], f - exact[0], 0.05, windows.states[state]));
  const weights = mbarWeights(solution);
  close(
    weights.reduce((sum, weight) => sum + weight),
    1,
    1e-12,
  );
  const moment = (power: number): number =>
    weights.reduce((sum, weight, frame) => sum + weight * windows.x[frame] ** power, 0);
  close(moment(1), 0, 0.02);
  close(moment(2), 1, 0.03);
  assert.ok(solution.residual < 1e-9);
  assert.equal(solution.neighbours.length, chain.centres.length - 1);
  solution.neighbours.forEach(({ states }, i) => assert.deepEqual(states, [i, i + 1]));
  solution.overlap.forEach((row) =>
    close(
      row.reduce((sum, value) => sum + value),
      1,
      1e-9,
    ),
  );
});

test('the order of the windows does not matter, and far windows need no near ones beside them in the list', () => {
  const order = [4, 0, 8, 2, 6, 1, 7, 3, 5];
  const counts = chain.centres.map((_, i) => 200 + 50 * i);
  const windows = harmonicWindows({ ...chain, counts, seed: 2 });
  const solution = solveMbar(windows);
  const shuffled = solveMbar({
    states: order.map((state) => windows.states[state]),
    energies: order.map((state) => windows.energies[state]),
    origin: windows.origin.map((state) => order.indexOf(state)),
  });
  order.forEach((state, i) =>
    close(shuffled.f[i], solution.f[state] - solution.f[order[0]], 1e-9, windows.states[state]),
  );
});

test('steep windows far up a potential converge from where no guess is near', () => {
  // 40 windows at widths of a twentieth, up to 450 kT above the first
  const centres = Array.from({ length: 40 }, (_, i) => 0.75 * i);
  const counts = centres.map(() => 100);
  const windows = harmonicWindows({ kappa: 10, centres, counts, seed: 3 });
  const solution = solveMbar(windows);
  const exact = centres.map((centre) => exactWindow(1, 10, centre) - exactWindow(1, 10, 0));
  assert.ok(solution.iterations < 10, `${solution.iterations}`);
  exact.forEach((f, state) => close(solution.f[state], f, 2.5, windows.states[state]));
});

test('one window alone weighs as exp(V/kT) does', () => {
  const random = new Random(4);
  const bias = Float64Array.from({ length: 500 }, () => 30 * random.uniform() - 10);
  const kT = thermalEnergy(300);
  const solution = solveMbar({
    states: ['window'],
    energies: [bias.map((value) => value / kT)],
    origin: new Int32Array(500),
  });
  const expected = biasWeights(bias, 300);
  mbarWeights(solution).forEach((weight, frame) =>
    close(weight / expected[frame], 1, 1e-12, `frame ${frame}`),
  );
  assert.deepEqual(Array.from(solution.f), [0]);
});

test('two copies of one window are the window with the frames of both', () => {
  const counts = [300, 200, 400];
  const windows = harmonicWindows({ kappa: 5, centres: [-0.5, 0, 0.5], counts, seed: 5 });
  const split = solveMbar({
    states: [...windows.states, 'the second again'],
    energies: [...windows.energies, windows.energies[1]],
    origin: windows.origin.map((state, frame) => (state === 1 && frame % 3 === 0 ? 3 : state)),
  });
  const pooled = solveMbar(windows);
  assert.ok(Math.abs(split.f[3] - split.f[1]) < 1e-10);
  pooled.f.forEach((f, state) => close(split.f[state], f, 1e-10));
  const weights = mbarWeights(pooled);
  mbarWeights(split).forEach((weight, frame) => close(weight / weights[frame], 1, 1e-9));
});

test('frames that are left out change nothing and weigh nothing', () => {
  const windows = harmonicWindows({ kappa: 5, centres: [-0.5, 0, 0.5], counts: [60, 60, 60], seed: 6 });
  const kept = Array.from(windows.x.keys()).filter((frame) => frame % 60 >= 20);
  const alone = solveMbar({
    states: windows.states,
    energies: windows.energies.map((energy) => Float64Array.from(kept, (frame) => energy[frame])),
    origin: Int32Array.from(kept, (frame) => windows.origin[frame]),
  });
  const energies = windows.energies.map((energy) =>
    energy.map((value, frame) => (frame % 60 < 20 ? NaN : value)),
  );
  const origin = windows.origin.map((state, frame) => (frame % 60 < 20 ? -1 : state));
  const solution = solveMbar({ states: windows.states, energies, origin });
  assert.deepEqual(solution.f, alone.f);
  const weights = mbarWeights(solution);
  assert.equal(weights[0], 0);
  assert.deepEqual(
    kept.map((frame) => weights[frame]),
    Array.from(mbarWeights(alone)),
  );
});

test('temperatures join by their energies: the closed form of an oscillator', () => {
  // in 6 dimensions Z(β) = β^−3 and ⟨U⟩ = 3/β
  const betas = [1, 0.8, 0.65, 0.5];
  const random = new Random(7);
  const energy = Float64Array.from({ length: 40_000 }, (_, frame) => {
    const beta = betas[Math.floor(frame / 10_000)];
    return (
      -(Math.log(1 - random.uniform()) + Math.log(1 - random.uniform()) + Math.log(1 - random.uniform())) /
      beta
    );
  });
  const states = [...betas, 0.9].map((beta) => `β ${beta}`);
  const solution = solveMbar({
    states,
    energies: [...betas, 0.9].map((beta) => energy.map((value) => beta * value)),
    origin: Int32Array.from(energy, (_, frame) => Math.floor(frame / 10_000)),
  });
  [...betas, 0.9].forEach((beta, state) => close(solution.f[state], 3 * Math.log(beta), 0.02, states[state]));
  const weights = mbarWeights(
    solution,
    energy.map((value) => 0.9 * value),
  );
  close(
    weights.reduce((sum, weight, frame) => sum + weight * energy[frame], 0),
    3 / 0.9,
    0.03,
  );
});

test('windows that share no frame are refused with the names of both sides and where one is missing', () => {
  const centres = [0, 0.5, 6, 1, 6.5];
  const windows = harmonicWindows({ kappa: 20, centres, counts: centres.map(() => 500), seed: 8 });
  assert.throws(
    () => solveMbar(windows),
    (error: unknown) =>
      error instanceof LatentcvError &&
      error.code === 'bad-data' &&
      error.message ===
        'expected overlapping windows but window at 0, window at 0.5, window at 1 and window at 6, window at 6.5 share no frame' &&
      error.hint ===
        'add a window between window at 1 and window at 6, or give the windows of one side alone',
  );
});

test('what is no input is refused', () => {
  const { states, energies, origin } = harmonicWindows({
    kappa: 5,
    centres: [0, 1],
    counts: [5, 5],
    seed: 9,
  });
  const refused: [unknown, RegExp][] = [
    [undefined, /states, energies and origin for input/],
    [{ states, energies: energies.slice(1), origin }, /expected 2 values for input\.energies/],
    [{ states, energies: [energies[0], energies[1].slice(1)], origin }, /10 values for input\.energies\[1\]/],
    [{ states, energies, origin: origin.map((state) => state + 1) }, /states from 0 to 1, or −1/],
    [{ states, energies, origin: Array.from(origin) }, /an Int32Array for input\.origin/],
    [{ states, energies, origin: origin.map(() => -1) }, /expected frames of a state but none counts/],
    [
      {
        states,
        energies: [energies[0], energies[1].map((value, i) => (i === 7 ? Infinity : value))],
        origin,
      },
      /a finite energy in window at 1 but frame 7 has Infinity/,
    ],
  ];
  for (const [input, words] of refused)
    assert.throws(() => solveMbar(input as Parameters<typeof solveMbar>[0]), words);
});
