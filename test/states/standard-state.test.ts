import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStateRules, type Confinement } from '../../src/sampling/index.js';
import { standardState, statesOfRun, type StandardState } from '../../src/states/index.js';
import { guestRun, inSphere, kT, type Guest } from './guest-in-well.js';

const sphere = inSphere.confinement;
const { kappa } = sphere;

function answer(guest: Guest, seed: number, at = guest.boundary): StandardState {
  const run = guestRun(guest, seed, 3000, 0.1);
  const { column, confinement } = guest;
  const text = `bound: ${column} < ${at}; unbound: ${column} > ${at}`;
  const question = { basins: parseStateRules(text, '--basin') };
  const { labels } = statesOfRun(run, { cv: [], question, examples: 0 });
  const [unbound] = parseStateRules(`${column} > ${at}`, '--unbound');
  return standardState(run, { confinement, unbound, question, states: labels });
}

test('the volume, the plateau, where the boundary is and how it went in time are told', () => {
  const found = answer(inSphere, 5);
  const shell = (from: number): number =>
    (4 / 3) * Math.PI * (1.6 ** 3 - from ** 3) +
    4 *
      Math.PI *
      ((1.6 ** 2 * Math.sqrt((Math.PI * kT) / kappa)) / 2 +
        (1.6 * kT) / kappa +
        (Math.sqrt(Math.PI) / 4) * (kT / kappa) ** 1.5);
  assert.ok(Math.abs(found.volume / shell(0.8) - 1) < 1e-6, `${found.volume} ${shell(0.8)}`);
  assert.ok(Math.abs(found.standardVolume - 1.66054) < 1e-5);
  assert.equal(found.plateau!.shells.length, 5);
  for (const { value, error } of found.plateau!.shells) assert.ok(Math.abs(value!) < 4 * error!);
  assert.deepEqual([found.boundaries.length, found.course.length], [7, 10]);
  const own = found.boundaries.find(({ at }) => at === 0.8)!;
  assert.ok(Math.abs(own.value! - found.total.deltaG!) < 1e-9);
  assert.ok(Math.abs(found.course.at(-1)!.value! - found.total.deltaG!) < 1e-9);
  // on the plateau the boundary decides little: what is added to the bound is a kT-free volume
  for (const { at, value, error } of found.boundaries.filter((each) => each.at > 0.8))
    assert.ok(Math.abs(value! - found.total.deltaG!) < 4 * error!, String(at));
  assert.deepEqual(
    found.modes.map(({ name }) => name),
    ['bound'],
  );
  assert.deepEqual(found.unboundStates, ['unbound']);
  assert.ok(Math.abs(found.modes[0].deltaG! - found.total.deltaG!) < 1e-9);
});

test('a boundary within the well is told: the unbound free energy is not flat, and the error grows', () => {
  const found = answer(inSphere, 6, 0.4);
  assert.equal(found.plateau!.flat, false);
  assert.ok(found.total.error! > found.total.statisticalError!);
  assert.ok(
    found.warnings.some((line) => line.includes('not flat')),
    found.warnings.join('\n'),
  );
});

test('what walls cost the bound guest is told', () => {
  const tight: Confinement = { ...sphere, radius: 0.15 };
  const run = guestRun({ ...inSphere, confinement: tight, range: [0, 0.9], boundary: 0.2 }, 3, 2000, 0.1);
  const [unbound] = parseStateRules('distance > 0.2', '--unbound');
  const states = statesOfRun(run, {
    cv: [],
    question: { basins: parseStateRules('in: distance < 0.2', '') },
  });
  const { total, warnings } = standardState(run, { confinement: tight, unbound, states: states.labels });
  assert.ok(total.atWalls > 0 && total.wallShift > 0);
  assert.equal(
    warnings.some((line) => line.startsWith('walls cost')),
    total.wallShift > 0.2 * kT,
  );
});

test('rules whose volume is not known are refused', () => {
  const run = guestRun(inSphere, 8, 500, 0.1);
  const { labels } = statesOfRun(run, {
    cv: [],
    question: { basins: parseStateRules('bound: distance < 0.8', '') },
  });
  for (const [rule, message] of [
    ['contacts < 0.1', /a rule of distance/],
    ['distance > 1 or distance > 1.2', /do not overlap/],
    ['distance > 40', /leaves none/],
  ] as const) {
    const [unbound] = parseStateRules(rule, '--unbound');
    assert.throws(() => standardState(run, { confinement: sphere, unbound, states: labels }), {
      code: 'bad-argument',
      message,
    });
  }
});

test('a run whose guest was never unbound, or never bound, has no ΔG°, and the reason is told', () => {
  const run = guestRun({ ...inSphere, boundary: 0.7, range: [0, 0.75] }, 8, 500, 0.1);
  const question = { basins: parseStateRules('in: distance < 0.4; out: distance > 0.4', '') };
  const { labels: states } = statesOfRun(run, { cv: [], question });
  const [unbound] = parseStateRules('distance > 0.8', '--unbound');
  const found = standardState(run, { confinement: sphere, unbound, question, states });
  const { deltaG, error, reason, transitions } = found.total;
  assert.deepEqual([deltaG, error, transitions], [null, null, 0]);
  assert.match(reason!, /^not determined: 0 transitions .*; state unbound was never visited in them$/);
  assert.deepEqual(
    found.modes.map(({ name, deltaG: value }) => [name, value]),
    [
      ['in', null],
      ['out', null],
    ],
  );
  assert.ok(found.modes.every(({ reason: why }) => why !== null && why.includes('state unbound')));
  // a boundary in another unit than the table's is seen at once
  assert.match(
    found.warnings.join('\n'),
    /no frame lies in basin unbound, distance > 0.8: .* goes from 0\.\d+ to 0\.7/,
  );
  assert.ok(found.volume > 0 && found.plateau!.flat === null && found.plateau!.tilt === null);
  assert.ok(found.course.every(({ value }) => value === null));
  // farther in there were some
  const inner = found.boundaries.filter(({ value }) => value !== null);
  assert.ok(
    inner.every(({ at }) => at < 0.75),
    JSON.stringify(found.boundaries),
  );

  const outside = guestRun({ ...inSphere, boundary: 1, range: [0.9, 1.8] }, 8, 500, 0.1);
  const all = statesOfRun(outside, {
    cv: [],
    question: { basins: parseStateRules('bound: distance < 0.8', '') },
  });
  const never = standardState(outside, { confinement: sphere, unbound, states: all.labels }).total;
  assert.deepEqual([never.deltaG, never.error], [null, null]);
  assert.match(never.reason!, /^not determined: 0 transitions /);
});
