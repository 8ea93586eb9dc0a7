import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreement, upperTail } from '../../src/free-energy/chi-squared.js';
import { deltaFCourse, deltaFHalves } from '../../src/free-energy/course.js';
import { deltaF, stateSums, type DeltaFQuestion } from '../../src/free-energy/delta-f.js';
import { labelFrames, type StateLabels } from '../../src/sampling/cores.js';
import { framesOutside, framesWithin, type Interval } from '../../src/sampling/intervals.js';
import { reweight, unbiasedSample } from '../../src/sampling/reweight.js';
import { runsOf } from '../sampling/runs.js';
import { autoregressive } from './random.js';

const kT = 300 * 8.31446261815324e-3;

/** A where x is below the border, B above; cores further out. */
function twoStates(x: Float64Array, border: number, core = 0): Pick<DeltaFQuestion, 'states' | 'cores'> {
  const labels = (width: number): StateLabels => {
    const [a, b]: Interval[] = [
      [-Infinity, border - width],
      [border + width, Infinity],
    ];
    return labelFrames(x.length, [
      { values: x, interval: a },
      { values: x, interval: b },
    ]).labels;
  };
  return { states: labels(0), cores: labels(core) };
}

/** The same labels for states and cores. */
const both = (...labels: number[]): Pick<DeltaFQuestion, 'states' | 'cores'> => ({
  states: Uint8Array.from(labels),
  cores: Uint8Array.from(labels),
});

test('counts in two states give −kT ln of their ratio', () => {
  const result = deltaF({ sample: unbiasedSample(10, 300), ...both(2, 1, 1, 1, 2, 1, 1, 1, 1, 1) });
  assert.ok(Math.abs(result.value! - kT * Math.log(4)) < 1e-12);
  assert.equal(result.probabilityB, 0.2);
});

test('frames between the states count for neither', () => {
  const { value } = deltaF({ sample: unbiasedSample(6, 300), ...both(2, 1, 0, 0, 2, 0) });
  assert.ok(Math.abs(value! + kT * Math.log(2)) < 1e-12);
});

test('of three states any two can be asked for', () => {
  const labels = both(1, 2, 3, 3, 3, 3, 2, 1);
  const sample = unbiasedSample(8, 300);
  const of = (a: number, b: number) => deltaF({ sample, ...labels, pair: [a, b] });
  assert.ok(Math.abs(of(1, 3).value! + kT * Math.log(2)) < 1e-12);
  assert.ok(Math.abs(of(1, 2).value!) < 1e-12);
  // between 1 and 3 the way leads through 2, which does not matter
  assert.equal(of(1, 3).transitions, 2);
});

test('fewer than ten transitions in the analysed frames: no error, and the reason', () => {
  const noise = autoregressive(4000, 0.5, 9);
  for (const [crossings, known] of [
    [1, false],
    [9, false],
    [10, true],
  ] as const) {
    const length = 4000 / (crossings + 1);
    const x = noise.map((value, frame) => value / 5 + (Math.floor(frame / length) % 2 ? 5 : -5));
    const result = deltaF({ sample: unbiasedSample(4000, 300), ...twoStates(x, 0, 3) });
    assert.equal(result.transitions, crossings);
    assert.equal(result.error !== null, known);
    if (known) continue;
    const words = crossings === 1 ? '1 transition' : `${crossings} transitions`;
    assert.equal(result.reason, `not determined: ${words} in the analysed frames`);
    assert.equal(result.reliable, false);
  }
});

test('transitions in frames that are left out do not count', () => {
  const x = Float64Array.from({ length: 4000 }, (_, frame) => (frame < 800 && frame % 20 < 10 ? -1 : 1));
  const states = twoStates(x, 0, 0.5);
  const all = deltaF({ sample: unbiasedSample(4000, 300), ...states });
  assert.equal(all.transitions, 79);
  const kept = deltaF({ sample: unbiasedSample(4000, 300, { discard: 0.2 }), ...states });
  assert.equal(kept.transitions, 0);
  assert.equal(kept.value, null);
  assert.match(
    kept.reason!,
    /not determined: 0 transitions in the analysed frames; state A was never visited/,
  );
});

test('what flickers at the border is no transition, and does not shorten the blocks', () => {
  // 20 slow visits; at the border, where a third of the frames are, x jumps from side to side
  const noise = autoregressive(8000, 0.2, 6);
  const x = noise.map((value, frame) => {
    const side = Math.floor(frame / 400) % 2 ? 1 : -1;
    return frame % 3 ? side + 0.1 * value : 0.1 * value;
  });
  const { transitions, blocks } = deltaF({ sample: unbiasedSample(8000, 300), ...twoStates(x, 0, 0.5) });
  assert.equal(transitions, 19);
  assert.ok(blocks <= 40, `${blocks} blocks for 20 visits`);
});

/** P(x > 0.5) of N(−1, 1) is P(z > 1.5) = 0.0668072012688581 (tables of the normal distribution). */
const exact = -kT * Math.log(0.0668072012688581 / (1 - 0.0668072012688581));

/** AR(1) of N(0, 1), reweighted to N(−1, 1) by the bias V = −kT x that had moved it. */
function biasedRun(seed: number, frames = 8000) {
  const x = autoregressive(frames, 0.95, seed);
  const sample = reweight(
    x.map((value) => -kT * value),
    300,
    { discard: 0 },
  );
  return deltaF({ sample, ...twoStates(x, 0.5) });
}

test('four runs say as much as one of their length', () => {
  const x = autoregressive(32_000, 0.95, 77);
  const bias = x.map((value, frame) => -kT * value + 50 * Math.floor(frame / 8000));
  const runs = runsOf([0, 8000], [8000, 16_000], [16_000, 24_000], [24_000, 32_000]);
  const sample = reweight(bias, 300, { runs, discard: 0 });
  const result = deltaF({ sample, ...twoStates(x, 0.5) });
  assert.ok(Math.abs(result.value! - exact) < 3 * result.error!);
  assert.ok(result.error! < 0.8 * biasedRun(1).error!);
  assert.ok(result.reliable, result.warnings.join());
  assert.equal(result.replicas.length, 4);
  assert.ok(result.agreement!.p > 0.01);
});

test('replicas that disagree widen the error by Birge’s ratio and are told', () => {
  // the second run has its border shifted: another free-energy difference
  const x = autoregressive(16_000, 0.9, 8).map((value, frame) => (frame < 8000 ? value : value + 0.8));
  const sample = unbiasedSample(16_000, 300, { runs: runsOf([0, 8000], [8000, 16_000]) });
  const result = deltaF({ sample, ...twoStates(x, 0) });
  const { birge, p, chiSquared } = result.agreement!;
  assert.ok(p < 1e-6 && birge > 4, `${p} ${birge}`);
  assert.equal(birge, Math.sqrt(chiSquared));
  assert.equal(result.reliable, false);
  assert.match(result.warnings[0], /replicas do not agree/);
  const within = Math.hypot(...result.replicas.map(({ error }) => error! / 2));
  assert.ok(result.error! > 3 * within);
  const [first, second] = result.replicas.map(({ value }) => value!);
  assert.ok(Math.abs(result.value! - (first + second) / 2) < result.error!);
});

test('a state that was never seen gives no number', () => {
  const result = deltaF({ sample: unbiasedSample(10, 300), ...both(1, 1, 1, 1, 1, 1, 1, 1, 1, 1) });
  assert.equal(result.value, null);
  assert.equal(result.error, null);
  assert.equal(result.reliable, false);
  assert.match(result.reason!, /state B was never visited/);
});

test('blocks can be set, and the scan is told either way', () => {
  const x = autoregressive(1000, 0.5, 4);
  const result = deltaF({ sample: unbiasedSample(1000, 300), ...twoStates(x, 0), blocks: 10 });
  assert.equal(result.blocks, 10);
  assert.ok(result.scan.length > 10);
  assert.equal(result.scan[0].blocks, 2);
});

test('the course ends at the final value, starts wide, and its stretches lie about it', () => {
  const x = autoregressive(8000, 0.95, 3);
  const question = { sample: unbiasedSample(8000, 300), ...twoStates(x, 0.5) };
  const course = deltaFCourse(stateSums(question), 10);
  const final = deltaF(question);
  assert.equal(course.at(-1)!.prefix.value, final.value);
  assert.equal(course.at(-1)!.prefix.error, final.error);
  assert.ok(course[0].prefix.error! > 1.5 * final.error!);
  assert.equal(course[0].prefix.value, course[0].block.value);
  const total = course.reduce((sum, { prefix }) => sum + prefix.transitions, 0);
  assert.ok(total > course.reduce((sum, { block }) => sum + block.transitions, 0));
});

test('halves that differ are counted in their errors', () => {
  const x = autoregressive(16_000, 0.9, 11);
  const halves = (shift: number) =>
    deltaFHalves(
      stateSums({
        sample: unbiasedSample(16_000, 300),
        ...twoStates(
          x.map((value, frame) => (frame < 8000 ? value : value + shift)),
          0,
        ),
      }),
    );
  assert.ok(halves(0).sigmas! < 3);
  assert.ok(halves(1).sigmas! > 5);
});

test('labels of another length are refused', () => {
  assert.throws(() => deltaF({ sample: unbiasedSample(5, 300), ...both(1, 2, 1, 2) }), {
    code: 'bad-argument',
  });
});

test('χ² has the tails of its tables', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: critical values
  for (const [x, k, p] of [
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [5.991, 2, 0.05],
    [18.307, 10, 0.05],
    [23.209, 10, 0.01],
    [50.892, 30, 0.01],
  ] as const)
    assert.ok(Math.abs(upperTail(x, k) / p - 1) < 1e-3, `${x} ${k}`);
  assert.equal(upperTail(0, 3), 1);
});

test('two values 3.7 standard errors apart do not agree; one alone cannot', () => {
  // 10.20 ± 0.28 and 8.81 ± 0.25: χ² = 1.39²/(0.28² + 0.25²) = 13.71
  const found = agreement([10.2, 8.81], [0.28, 0.25])!;
  assert.ok(Math.abs(found.chiSquared - 13.71) < 0.01);
  assert.ok(Math.abs(found.p / 2.13e-4 - 1) < 0.01);
  assert.ok(Math.abs(found.birge - 3.703) < 1e-3);
  assert.equal(agreement([1], [0.1]), undefined);
});

test('intervals: open, through the boundary where the lower end is above the upper', () => {
  const phi = Float64Array.of(-3.1, -2, 0, 1, 2.3, 3, NaN);
  assert.deepEqual([...framesWithin(phi, [0, 2.3])], [0, 0, 0, 1, 0, 0, 0]);
  assert.deepEqual([...framesWithin(phi, [2.8, -2.8])], [1, 0, 0, 0, 0, 1, 0]);
  assert.deepEqual([...framesOutside(Uint8Array.of(1, 0))], [0, 1]);
});
