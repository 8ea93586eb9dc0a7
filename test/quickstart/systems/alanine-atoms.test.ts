import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alanineAtoms } from '../../../src/quickstart/systems/alanine-atoms.js';
import { dynamicsMdp } from '../../../src/quickstart/systems/alanine-mdp.js';

// atom order of `gmx pdb2gmx -ff amber99sb-ildn`, GROMACS 2025.2
const residues = {
  ACE: ['CH3', 'HH31', 'HH32', 'HH33', 'C', 'O'],
  ALA: ['N', 'H', 'CA', 'HA', 'CB', 'HB1', 'HB2', 'HB3', 'C', 'O'],
  NME: ['N', 'H', 'CH3', 'HH31', 'HH32', 'HH33'],
};

function gro(): string {
  const names = Object.entries(residues).flatMap(([residue, atoms]) => atoms.map((atom) => [residue, atom]));
  const lines = names.map(
    ([residue, atom], i) =>
      `    1${residue.padEnd(5)}${atom.padStart(5)}${String(i + 1).padStart(5)}   1.000   2.000   3.000`,
  );
  return ['alanine dipeptide', ` ${names.length}`, ...lines, '   6.00000   6.00000   6.00000', ''].join('\n');
}

test('torsions are found by name, as PLUMED serials', () => {
  const atoms = alanineAtoms(gro());
  assert.equal(atoms.count, 22);
  assert.deepEqual(atoms.phi, [5, 7, 9, 15]);
  assert.deepEqual(atoms.psi, [7, 9, 15, 17]);
});

test('a structure of something else is refused by the name of the atom it lacks', () => {
  assert.throws(() => alanineAtoms(gro().replace('NME      N', 'NME      X')), {
    code: 'bad-data',
    message: /NME-N/,
  });
});

test('5 ns are 2,500,000 steps of 2 fs', () => {
  const text = dynamicsMdp({ temperature: 300, nanoseconds: 5, seed: 3 });
  assert.match(text, /^nsteps\s+= 2500000$/m);
  assert.match(text, /^ref-t\s+= 300$/m);
  assert.match(text, /^ld-seed\s+= 3$/m);
  assert.doesNotMatch(text, /nstxout/);
  assert.match(
    dynamicsMdp({ temperature: 300, nanoseconds: 5, seed: 3, framesEvery: 250 }),
    /^nstxout-compressed\s+= 250$/m,
  );
});
