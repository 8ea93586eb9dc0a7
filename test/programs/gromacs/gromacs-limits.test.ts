import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { expectEnergyTold, expectNoExchange } from '../../../src/programs/index.js';

const gromacs = (version: string) => ({ executable: 'gmx', version, plumed: true });
const withEnergy = parsePlumedInput('UNITS LENGTH=A\nene: ENERGY\nPRINT ARG=ene FILE=C\n', 'plumed.dat');
const without = parsePlumedInput('d: DISTANCE ATOMS=1,2\n', 'plumed.dat');

test('ENERGY is refused in the GROMACS that leave it 0', () => {
  for (const version of ['2024.3', '2024.3-plumed-2.10.1', '2025.2-Debian_2025.2_1', '2026']) {
    assert.throws(() => expectEnergyTold(gromacs(version), withEnergy), {
      code: 'plumed-input',
      message: new RegExp(`^plumed\\.dat:2: expected .* but ${version} leaves ENERGY 0 .*#1205, #1445`),
      hint: /‘trustEnergy’/,
    });
    expectEnergyTold(gromacs(version), without);
  }
  expectEnergyTold(gromacs('2023.5-plumed_2.9.5'), withEnergy);
});

test('replica exchange is refused where the interface is the one that GROMACS brings', () => {
  for (const extra of [['-replex', '500'], ['-hrex']])
    assert.throws(() => expectNoExchange(gromacs('2025.2'), extra), {
      code: 'bad-argument',
      message: new RegExp(`received ${extra[0]} for 2025\\.2`),
    });
  expectNoExchange(gromacs('2025.2'), ['-multidir', 'a', 'b']);
  expectNoExchange(gromacs('2023.5'), ['-replex', '500']);
});
