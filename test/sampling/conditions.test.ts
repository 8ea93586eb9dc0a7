import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  commonConditions,
  conversions,
  fileConditions,
  plumedUnits,
  readRunNotes,
  temperatureOf,
  type BiasNote,
  type RunNotes,
  type SampledFile,
  type StatedConditions,
} from '../../src/sampling/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const file = (path: string, facts?: RunNotes): SampledFile => ({
  path,
  ...(facts && { facts, known: `${path}.json` }),
});
const temperatures = (files: SampledFile[], stated: StatedConditions): (number | undefined)[] =>
  fileConditions(files, stated).map(({ temperature }) => temperature);

test("a file's own temperature goes before that of all, and notes before none", () => {
  const files = [file('a'), file('b'), file('c', { temperature: 310 })];
  assert.deepEqual(
    temperatures(files.slice(0, 2), { temperatures: [{ kelvin: 300 }, { kelvin: 600, files: ['b'] }] }),
    [300, 600],
  );
  assert.deepEqual(temperatures(files, {}), [undefined, undefined, 310]);
  assert.deepEqual(temperatures(files, { temperatures: [{ kelvin: 310 }] }), [310, 310, 310]);
  assert.deepEqual(temperatures([file('a')], { kT: 1 }), [temperatureOf(1)]);
});

test('of an ensemble that several temperatures tell of, one that no run had may be asked for', () => {
  const files = [file('a', { temperature: 310 }), file('b', { temperature: 400 }), file('c')];
  const asked = { temperatures: [{ kelvin: 350 }], ofEnsemble: true };
  assert.deepEqual(temperatures(files, asked), [310, 400, 350]);
  assert.throws(
    () => temperatures(files.slice(0, 1), asked),
    /temperature of a .* 310 K, but received 350 K/,
  );
  const own = { temperatures: [{ kelvin: 350, files: ['b'] }], ofEnsemble: true };
  assert.throws(() => temperatures(files, own), /temperature of b .* 400 K, but received 350 K/);
});

const natural = { ...plumedUnits, natural: true };
const kcal = { ...plumedUnits, energy: 4.184 };
const refusals: [what: string, files: SampledFile[], stated: StatedConditions, message: RegExp][] = [
  ['a temperature and kT', [file('a')], { temperatures: [{ kelvin: 300 }], kT: 2.5 }, /or ‘kT’, not both/],
  [
    'another temperature than the run noted',
    [file('a', { temperature: 310 })],
    { temperatures: [{ kelvin: 300 }] },
    /temperature of a \(a\.json\), 310 K, but received 300 K/,
  ],
  [
    'a temperature in natural units',
    [file('a', { units: natural })],
    { temperatures: [{ kelvin: 300 }] },
    /expected kT for a .* natural units, but received a temperature of 300 K/,
  ],
  [
    'another kT than the run noted',
    [file('a', { units: natural, temperature: temperatureOf(1) })],
    { kT: 2 },
    /kT = 1\.00000, but received kT = 2\.00000/,
  ],
  [
    'kT where energies have a unit',
    [file('a', { units: kcal })],
    { kT: 0.6 },
    /expected a temperature for a .* but received kT = 0\.6/,
  ],
];
for (const [what, files, stated, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(() => fileConditions(files, stated), { code: 'bad-argument', message });
  });
}

test('units that are said go before those that are noted', () => {
  const [{ units }] = fileConditions([file('a', { units: kcal })], { timeUnit: 0.001 });
  assert.deepEqual(units, { length: 1, energy: 4.184, time: 0.001, natural: false });
  assert.deepEqual(conversions(units), [
    'energies are in kcal/mol: converted to kJ/mol',
    'times are in fs: converted to ps',
  ]);
  assert.deepEqual(conversions(plumedUnits), []);
});

const restraint = (at: string): BiasNote => ({
  label: 'r',
  action: 'RESTRAINT',
  parameters: { AT: at, KAPPA: '150' },
});

test('what free energies cannot take together is refused with the reason, and learned from where it may be', () => {
  const hot = fileConditions([file('a'), file('b')], {
    temperatures: [{ kelvin: 300 }, { kelvin: 600, files: ['b'] }],
  });
  assert.throws(() => commonConditions(hot), { message: /a is at 300 K and b at 600 K/, hint: /MBAR/ });
  assert.equal(commonConditions(hot, { temperatures: true }).temperature, 300);
  const plain = fileConditions([file('a'), file('b')], { unbiased: ['b'] });
  assert.throws(() => commonConditions(plain), {
    message: /b was run without a bias and a with one/,
    hint: /MBAR/,
  });
  commonConditions(plain, { temperatures: true });
  const windows = fileConditions(['0', '1'].map((at) => file(at, { biases: [restraint(at)] })));
  assert.throws(() => commonConditions(windows), {
    message: /0 has r: RESTRAINT AT=0 KAPPA=150 and 1 has r: RESTRAINT AT=1 KAPPA=150/,
    hint: /MBAR/,
  });
  commonConditions(fileConditions(['a', 'b'].map((name) => file(name, { biases: [restraint('0')] }))));
  assert.throws(() => commonConditions(fileConditions([file('a', { units: kcal }), file('b')])), {
    message: /differ in a unit of energy: 4\.184 and 1/,
  });
});

test('notes of older runs are none, those that cannot be are refused', async () => {
  const folder = temporaryFolder('notes');
  const written = (record: unknown): string => {
    const run = join(folder, String(Math.random()));
    mkdirSync(run);
    writeFileSync(join(run, 'run.json'), typeof record === 'string' ? record : JSON.stringify(record));
    return run;
  };
  assert.equal(await readRunNotes(folder), undefined);
  assert.equal(await readRunNotes(written({ fingerprint: 'x', finished: true })), undefined);
  assert.equal(await readRunNotes(written('{"notes": {"tem')), undefined);
  assert.deepEqual(await readRunNotes(written({ notes: { temperature: 300, later: 1 } })), {
    temperature: 300,
  });
  await assert.rejects(readRunNotes(written({ notes: { temperature: -1 } })), {
    code: 'file-format',
    message: /notes\.temperature/,
  });
});
