import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasInput, parsePlumedInput } from '../../../src/plumed/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('bias-input');
writeFileSync(join(folder, 'grid.dat'), '');
writeFileSync(join(folder, 'dump.dat'), 'PRINT ARG=d FILE=/elsewhere/COLVAR\n');

const made = (lines: readonly string[]) =>
  biasInput(parsePlumedInput(lines.join('\n'), join(folder, 'plumed.dat'), { workingFolder: folder }), {
    folder,
    file: 'energies',
  });

test('biases alone are printed, files are named by their whole paths, and what writes is left out', () => {
  const { text, biases, unit } = made([
    'UNITS ENERGY=kcal/mol',
    'RESTART',
    'd: DISTANCE ATOMS=1,2',
    'RESTRAINT ... # a spring',
    '  ARG=d AT=1 KAPPA=2',
    '...',
    'e: EXTERNAL ARG=d FILE=grid.dat',
    'PRINT ARG=d,e.bias FILE=COLVAR STRIDE=10',
    'DUMPATOMS ATOMS=1 FILE=dump.xyz',
    'ENDPLUMED',
    'PRINT ARG=d FILE=other',
  ]);
  assert.deepEqual(
    text.split('\n').filter((line) => line !== ''),
    [
      'UNITS ENERGY=kcal/mol',
      'd: DISTANCE ATOMS=1,2',
      'RESTRAINT LABEL=bias0 ... # a spring',
      '  ARG=d AT=1 KAPPA=2',
      '...',
      `e: EXTERNAL ARG=d FILE=${join(folder, 'grid.dat')}`,
      'PRINT ARG=bias0.bias,e.bias STRIDE=1 FILE=energies FMT=%20.12g',
    ],
  );
  assert.deepEqual(
    biases.map(({ action, column }) => [action, column]),
    [
      ['RESTRAINT', '@3.bias'],
      ['EXTERNAL', 'e.bias'],
    ],
  );
  assert.ok(Math.abs(unit - 4.184) < 1e-12);
});

test('biases of the same words on another quantity are others, those of other labels the same', () => {
  const key = (atoms: string, label: string): string =>
    made([`d: DISTANCE ATOMS=${atoms}`, `${label}: RESTRAINT ARG=d AT=1 KAPPA=2`]).biases[0].key;
  assert.equal(key('1,2', 'r'), key('1,2', 's'));
  assert.notEqual(key('1,2', 'r'), key('1,3', 'r'));
});

test('what the driver would not compute at each frame, or would write elsewhere, is refused', () => {
  const distance = 'd: DISTANCE ATOMS=1,2';
  assert.throws(
    () => made([distance, 'RESTRAINT ARG=d AT=1 KAPPA=2 STRIDE=2']),
    /every step but it has STRIDE=2/,
  );
  assert.throws(
    () => made([distance, 'RESTRAINT ARG=d AT=1 KAPPA=2', 'INCLUDE FILE=dump.dat']),
    /dump\.dat:1: expected an included file .* writes to no whole path, but found PRINT/,
  );
});
