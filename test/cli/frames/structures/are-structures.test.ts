import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { areStructures } from '../../../../src/cli/frames/structures/index.js';
import { temporaryFolder } from '../../../temporary-folder.js';

const folder = temporaryFolder('are-structures');
const [crystals, run, replicas, calculations] = ['crystals', 'run', 'replicas', 'calculations'].map((name) =>
  join(folder, name),
);
for (const [place, ...files] of [
  [crystals, 'a.cif', 'POSCAR'],
  [run, 'conf.gro', 'md.xtc', 'COLVAR'],
  [join(replicas, 'replica-0'), 'md.gro', 'md.xtc', 'COLVAR', 'run.json'],
  [join(replicas, 'replica-1'), 'md.gro', 'md.xtc', 'COLVAR', 'run.json'],
  [join(calculations, 'NaCl'), 'POSCAR', 'CONTCAR'],
]) {
  mkdirSync(place, { recursive: true });
  for (const file of files) writeFileSync(join(place, file), '');
}

const properties = { properties: ['gap'] };
const cases: [string, string[], Parameters<typeof areStructures>[1], boolean][] = [
  ['a folder of them', [crystals], {}, true],
  ['a folder of a run', [run], properties, false],
  ['a folder of a run of replicas', [replicas], {}, false],
  ['a folder of calculations', [calculations], {}, true],
  ['several crystals', ['a.cif', 'POSCAR.b'], {}, true],
  ['one crystal, as a trajectory of one frame', ['a.cif'], {}, false],
  ['a trajectory', ['a.xtc'], properties, false],
  ['frames of an XYZ', ['a.xyz'], {}, false],
  ['the same where each is a row', ['a.xyz'], { rows: true }, true],
  ['the same with properties', ['a.xyz'], properties, true],
  ['the same with a table joined by time', ['a.xyz'], { ...properties, weightsFrom: ['COLVAR'] }, false],
  ['the same with names of its atoms', ['a.xyz'], { ...properties, structure: 'a.gro' }, false],
  ['a table', ['a.csv'], { ...properties, composition: true, rows: true }, false],
  ['any file of a format that is named', ['a.dat'], { format: 'poscar', propertiesFrom: 'a.csv' }, true],
];
for (const [what, names, options, expected] of cases)
  test(`structures or not: ${what}`, () => assert.equal(areStructures(names, options), expected));

test('options of structures are refused with other files', () => {
  assert.throws(() => areStructures(['a.xtc'], { propertiesFrom: 'a.csv' }), {
    code: 'bad-argument',
    message: /expected structures with ‘propertiesFrom’ but received a.xtc/,
  });
});
