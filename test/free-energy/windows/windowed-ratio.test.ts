import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deltaFCourse, deltaFHalves } from '../../../src/free-energy/course.js';
import { deltaF, stateSums } from '../../../src/free-energy/delta-f.js';
import { mbarSample } from '../../../src/sampling/mbar-sample.js';
import { harmonicWindows } from '../../sampling/mbar/harmonic.js';
import { exactDeltaF, kT, questionOf, windowsOf } from './harmonic-basins.js';

test('ΔF of windows has an error without a transition', () => {
  const question = questionOf(windowsOf(1, 300));
  const found = deltaF(question);
  assert.equal(found.reason, null);
  assert.equal(found.reliable, true);
  assert.deepEqual([found.replicas, found.agreement], [[], null]);
  assert.ok(Math.abs(found.value! - exactDeltaF) < 3 * found.error!);
  assert.ok(found.error! > 0.1 * kT && found.error! < 0.3 * kT, `${found.error}`);
  const own = deltaF({ ...question, blocks: 90 });
  assert.ok(Math.abs(own.error! / found.error! - 1) < 0.3);
  assert.equal(own.blocks, 90);
});

test('the influence is the derivative: ΔF of frames that are there twice, by central differences', () => {
  const windows = windowsOf(2, 40);
  const question = questionOf(windows);
  const sums = stateSums(question);
  // base blocks are single frames here; the same frame once more against once less, all of its window in mind
  const valueWith = (twice: number, less: number): number => {
    const kept = Array.from(windows.x.keys()).flatMap((frame) =>
      frame === twice ? [frame, frame] : frame === less ? [] : [frame],
    );
    const input = {
      states: windows.states,
      energies: windows.energies.map((energy) => Float64Array.from(kept, (frame) => energy[frame])),
      origin: Int32Array.from(kept, (frame) => windows.origin[frame]),
    };
    const states = Uint8Array.from(kept, (frame) => question.states[frame]);
    return deltaF({ sample: mbarSample(input, 300), states, cores: states }).value!;
  };
  for (const [first, second] of [
    [5, 17],
    [100, 118],
    [165, 190],
    [290, 310],
    [330, 349],
  ]) {
    // prettier-ignore
    const change = (valueWith(first, second) - valueWith(second, first)) / -2 / kT;
    const expected = sums.windows!.influence[first] - sums.windows!.influence[second];
    assert.ok(Math.abs(change - expected) < 0.02 * Math.abs(expected) + 2e-4, `${change} ${expected}`);
  }
});

test('halves and course of windows go through each window, free energies included', () => {
  const question = questionOf(windowsOf(3, 400));
  const sums = stateSums(question);
  const whole = deltaF(question);
  const { first, second, sigmas } = deltaFHalves(sums);
  assert.ok(Math.abs((first.value! + second.value!) / 2 - whole.value!) < 1e-9);
  assert.ok(sigmas! < 3);
  // half of the frames know it to √2 of the error
  assert.ok(Math.abs(first.error! / whole.error! - Math.SQRT2) < 0.4, `${first.error} ${whole.error}`);
  // what MBAR itself says of the first half of each window
  const half = windowsOf(3, 400);
  half.origin.forEach((state, frame) => (half.origin[frame] = frame % 400 < 200 ? state : -1));
  assert.ok(Math.abs(deltaF(questionOf(half)).value! - first.value!) < 0.1 * first.error!);
  const course = deltaFCourse(sums, 4);
  assert.ok(Math.abs(course[3].prefix.value! - whole.value!) < 1e-9);
});

test('windows between the states that share next to nothing: not determined, and which', () => {
  const centres = [0, 0.5, 2, 2.5];
  const windows = harmonicWindows({ a: 2, kappa: 20, centres, counts: centres.map(() => 1000), seed: 4 });
  const sample = mbarSample(windows, 300);
  const between = Uint8Array.from(windows.x, (x) => (x < 0.5 ? 1 : x > 2 ? 2 : 0));
  const far = deltaF({ sample, states: between, cores: between });
  assert.equal(far.error, null);
  assert.match(
    far.reason!,
    /^not determined: windows window at 0\.5 and window at 2 share [01]\.\d independent frames$/,
  );
  // states on one side of the gap do not need it
  const beside = Uint8Array.from(windows.x, (x) => (x < 0 ? 1 : x > 0.4 && x < 1 ? 2 : 0));
  const near = deltaF({ sample, states: beside, cores: beside });
  assert.ok(near.error! > 0);
  assert.deepEqual(near.warnings, []);
});

test('a cut across which nothing is known: not determined between states on both sides of it', () => {
  const { sample, ...question } = questionOf(windowsOf(1, 300));
  const cuts = [{ beyond: [0, 1, 2], why: 'windows a and b hold another y at the same x' }];
  const cut = { ...question, sample: { ...sample, mbar: { ...sample.mbar, cuts } } };
  const found = deltaF(cut);
  assert.equal(found.error, null);
  assert.equal(found.reason, 'not determined: windows a and b hold another y at the same x');
  assert.equal(found.value, deltaF({ sample, ...question }).value);
  assert.deepEqual(deltaFHalves(stateSums(cut)).first.error, null);
  // one that all states lie on one side of does not matter
  const outside = { ...sample.mbar, cuts: [{ ...cuts[0], beyond: [] }] };
  assert.ok(deltaF({ ...question, sample: { ...sample, mbar: outside } }).error! > 0);
});

test('a state that no window reaches, and one that a single block does, have no error', () => {
  const { sample } = questionOf(windowsOf(5, 100));
  const none = new Uint8Array(900).fill(1);
  assert.equal(
    deltaF({ sample, states: none, cores: none }).reason,
    'not determined: state B was never visited',
  );
  const once = none.map((_, frame) => (frame === 450 ? 2 : 1));
  assert.match(
    deltaF({ sample, states: once, cores: once }).reason!,
    /one block of \d+ carries one of the states/,
  );
});

test('what hardly overlaps and windows with few independent frames are told', () => {
  const centres = [0, 0.5, 1, 2];
  const windows = harmonicWindows({
    a: 2,
    kappa: 10,
    centres,
    counts: [2000, 2000, 4, 2000],
    correlation: 0.8,
    seed: 6,
  });
  const states = Uint8Array.from(windows.x, (x) => (x < 0.5 ? 1 : x > 1.2 ? 2 : 0));
  const found = deltaF({ sample: mbarSample(windows, 300), states, cores: states });
  const told = found.warnings.join('\n');
  assert.match(told, /windows window at \S+ and window at 2 hardly overlap \(0\.0\d\): add one between them/);
  assert.match(told, /the 4 frames of window window at 1 are worth \d\.\d independent ones/);
});
