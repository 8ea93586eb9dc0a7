import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatentcvError } from '../../src/support/index.js';
import { reweight, thermalEnergy, unbiasedSample } from '../../src/sampling/index.js';
import { findModes, type FoundModes } from '../../src/states/find-modes.js';
import { Random } from '../../src/support/random.js';
import { mixtureRun, three, type Component, type MixtureRun } from './mixture.js';

const temperature = 300;

const modesOf = ({ x, y }: MixtureRun): FoundModes =>
  findModes(
    [
      { label: 'x', values: x },
      { label: 'y', values: y },
    ],
    unbiasedSample(x.length, temperature),
  );

test('modes of a mixture, heaviest first, with the populations of their components', () => {
  const run = mixtureRun(three, { seed: 1, frames: 20_000, leave: 0.2 });
  const { modes, labels, cores, barriers, widths } = modesOf(run);
  assert.equal(modes.length, 3);
  three.forEach(({ at, width, population }, i) => {
    for (const k of [0, 1])
      assert.ok(Math.abs(modes[i].peak[k] - at[k]) < width[k], `${i} ${modes[i].peak.join(' ')}`);
    assert.ok(Math.abs(modes[i].population - population) < 0.03, `${i} ${modes[i].population}`);
  });
  const wrong = labels.filter((label, frame) => label !== run.component[frame] + 1).length;
  assert.ok(wrong < 0.001 * labels.length, `${wrong} frames have another mode than their component`);
  cores.forEach((core, frame) => assert.ok(core === 0 || core === labels[frame]));
  const [inCore, all] = [
    cores.filter((core) => core === 1).length,
    labels.filter((label) => label === 1).length,
  ];
  assert.ok(inCore >= 0.5 * all && inCore < 0.52 * all, `${inCore} of ${all} are in the core`);
  // no frame lies between components that are eight of their widths apart
  assert.deepEqual(barriers, []);
  // kernels for the narrowest component along each axis
  assert.ok(widths[0] < 0.25 && widths[1] < 0.2 && widths[0] > 0.02 && widths[1] > 0.02, widths.join(' '));
});

test('a shoulder belongs to its mode', () => {
  const shoulder: Component[] = [
    { at: [0, 0], width: [0.3, 0.3], population: 0.5 },
    { at: [0.55, 0], width: [0.35, 0.3], population: 0.2 },
    { at: [3, 0], width: [0.3, 0.3], population: 0.3 },
  ];
  const { modes } = modesOf(mixtureRun(shoulder, { seed: 2, frames: 20_000, leave: 0.2 }));
  assert.equal(modes.length, 2);
  assert.ok(Math.abs(modes[0].population - 0.7) < 0.03, `${modes[0].population}`);
});

test('one Gaussian is one mode, however slowly it is sampled', () => {
  for (const memory of [0, 0.9, 0.98, 0.995])
    for (let seed = 0; seed < 5; seed++) {
      const one: Component[] = [{ at: [0, 0], width: [1, 1], population: 1 }];
      assert.equal(
        modesOf(mixtureRun(one, { seed, frames: 2000, memory })).modes.length,
        1,
        `${memory} ${seed}`,
      );
    }
});

test('a narrow mode beside broad ones is found, and broad ones do not fall apart by its width', () => {
  const beside: Component[] = [
    { at: [0, 0], width: [1, 0.8], population: 0.5 },
    { at: [5, 0], width: [0.8, 1], population: 0.42 },
    { at: [2.5, 4], width: [0.06, 0.06], population: 0.08 },
  ];
  for (let seed = 1; seed <= 4; seed++) {
    const run = mixtureRun(beside, { seed, frames: 10_000, leave: 0.1, memory: 0.8 });
    const { modes, labels } = modesOf(run);
    assert.equal(modes.length, 3, `seed ${seed}: ${modes.map(({ population }) => population).join(' ')}`);
    const wrong = labels.filter((label, frame) => label !== run.component[frame] + 1).length;
    assert.ok(wrong < 0.02 * labels.length, `seed ${seed}: ${wrong} frames`);
  }
});

test('a density that rises without bound at its ends is one mode: the sine of an angle that turns', () => {
  const random = new Random(6);
  const x = Float64Array.from({ length: 6000 }, () => Math.sin(random.uniform(0, 2 * Math.PI)));
  assert.equal(findModes([{ label: 'x', values: x }], unbiasedSample(x.length, temperature)).modes.length, 1);
});

/** Values of the density exp(−U), independent, by rejection; U ≥ 0 from −2 to 2. */
function drawn(potential: (x: number) => number, frames: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: frames }, () => {
    for (;;) {
      const x = random.uniform(-2, 2);
      if (random.uniform() < Math.exp(-potential(x))) return x;
    }
  });
}

const doubleWell = (barrier: number) => (x: number) => barrier * (x * x - 1) ** 2;

test('wells are parted from a barrier of two kT on, or of what is said', () => {
  const parted = (barrier: number, mergeBelow?: number): FoundModes => {
    const x = drawn(doubleWell(barrier), 20_000, 3);
    return findModes([{ label: 'x', values: x }], unbiasedSample(x.length, temperature), { mergeBelow });
  };
  assert.equal(parted(1.6).modes.length, 1);
  assert.equal(parted(2.5).modes.length, 2);
  assert.equal(parted(1.6, 1.2).modes.length, 2);
  assert.equal(parted(2.5, 3).modes.length, 1);
  for (const barrier of [2.5, 4, 6]) {
    const [{ heights, error, saddle }] = parted(barrier).barriers;
    // kernels make wells and saddles flatter by a tenth of kT
    assert.ok(
      Math.abs(Math.min(...heights) - barrier) < 0.15 + 2 * error,
      `${heights.join(' ')} for ${barrier}`,
    );
    assert.ok(error > 0 && error < 0.8, `${error}`);
    assert.ok(Math.abs(saddle[0]) < 0.3, saddle.join(' '));
  }
});

test('what weighs frames is the density that counts', () => {
  // sampled under a bias that takes most of the barrier: without weights there is one mode
  const barrier = 5;
  const x = drawn((at) => 0.2 * doubleWell(barrier)(at), 20_000, 4);
  const bias = x.map((at) => -0.8 * thermalEnergy(temperature) * doubleWell(barrier)(at));
  const column = [{ label: 'x', values: x }];
  assert.equal(findModes(column, unbiasedSample(x.length, temperature)).modes.length, 1);
  const { modes, barriers } = findModes(column, reweight(bias, temperature, { discard: 0 }));
  assert.equal(modes.length, 2);
  assert.ok(Math.abs(Math.min(...barriers[0].heights) - barrier) < 0.35, barriers[0].heights.join(' '));
  assert.ok(Math.abs(modes[0].population - 0.5) < 0.05);
});

test('a mode across the end of a period is one', () => {
  const random = new Random(5);
  const period = [-Math.PI, Math.PI] as const;
  const around = (at: number): number => at - 2 * Math.PI * Math.floor((at + Math.PI) / (2 * Math.PI));
  const phi = Float64Array.from({ length: 8000 }, (_, i) =>
    around(i % 4 === 0 ? 0.3 * random.normal() : Math.PI + 0.3 * random.normal()),
  );
  const psi = Float64Array.from({ length: 8000 }, () => around(-Math.PI + 0.4 * random.normal()));
  const { modes, labels } = findModes(
    [
      { label: 'phi', values: phi, period },
      { label: 'psi', values: psi, period },
    ],
    unbiasedSample(8000, temperature),
  );
  assert.equal(modes.length, 2);
  assert.ok(Math.abs(modes[0].population - 0.75) < 1e-3, `${modes[0].population}`);
  assert.ok(Math.abs(around(modes[0].peak[0] - Math.PI)) < 0.2 && Math.abs(modes[1].peak[0]) < 0.2);
  // five widths of each lie between them
  assert.ok(labels.filter((label, i) => label !== (i % 4 === 0 ? 2 : 1)).length <= 1);
});

test('arguments that mean nothing are refused', () => {
  const sample = unbiasedSample(3, temperature);
  const refused = (call: () => unknown, code: string, message: RegExp): void =>
    assert.throws(call, (error: unknown) => {
      assert.ok(error instanceof LatentcvError);
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const column = (label: string, values: number[]) => ({ label, values: Float64Array.from(values) });
  refused(() => findModes([], sample), 'bad-argument', /expected one to 5 columns for modes/);
  refused(() => findModes([column('x', [1, 2])], sample), 'bad-argument', /2/);
  refused(() => findModes([column('x', [1, 1, 1])], sample), 'bad-data', /expected x to vary/);
  refused(() => findModes([column('x', [1, 2, 3])], sample, { mergeBelow: 0 }), 'bad-argument', /mergeBelow/);
});
