import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import { readStructure, selectAtoms, type Structure } from '../../../src/trajectories/index.js';
import { alanine } from '../fixtures.js';

const fixture = (name: string): string => join(packageRoot(), 'test', 'fixtures', 'trajectories', name);
const picks = (structure: Structure, selection: string): number[] => [...selectAtoms(structure, selection)];

// indices by MDAnalysis 2.11.0, in whose language lengths are in Å and operands of around go on to the end
const byMDAnalysis: Record<string, [string, number[]][]> = {
  [alanine]: [
    ['name C*', [0, 4, 8, 10, 14, 18]],
    ['name H* and not resname ALA', [1, 2, 3, 17, 19, 20, 21]],
    ['index 3:5 9', [3, 4, 5, 9]],
    ['bynum 1-3', [0, 1, 2]],
    ['around 0.2 (name CA)', [6, 9, 10, 14, 21]],
    ['byres (name CB)', [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    ['same resname as (name CA)', [6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    ['resname A?? [NA]ME and name [!H]*', [0, 4, 5, 6, 8, 10, 14, 15, 16, 18]],
  ],
  [fixture('insertion-codes.pdb')]: [
    ['resid 2', [5, 6, 7, 8, 9]],
    ['resid 2A', [10, 11, 12, 13, 14]],
    ['resid 2-2A', [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
    ['resid 2A-3', [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]],
    ['resid 1:2 4', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 25, 26, 27, 28, 29]],
  ],
};

for (const [path, cases] of Object.entries(byMDAnalysis))
  test(`selections mean in ${path.split('/').at(-1)} what they mean to MDAnalysis`, async () => {
    const structure = await readStructure(path);
    for (const [selection, expected] of cases)
      assert.deepEqual(picks(structure, selection), expected, selection);
  });

test('names with digits, signs, stars and primes are whole words', async () => {
  const structure = await readStructure(fixture('names.gro'));
  const cases: [string, string[]][] = [
    ['name 1HB', ['1HB']],
    ['1HB', ['1HB']],
    ['name CL-', ['CL-']],
    ['resname CL-', ['CL-']],
    ['name == "CL-"', ['CL-']],
    ["O5'", ["O5'"]],
    ['name O5*', ["O5'", 'O5*']],
    ['name "O5*"', ['O5*']],
    ['name "not"', ['not']],
    ['resname "all"', ['CA']],
    ['resname Z.X A-B', ['C1', 'C2']],
    ['x < 0.35', ["O5'", "C5'", 'O5*']],
    ['resid 3 to 5', ['CL', 'NA+', 'C1']],
    ['within 0.11 of (serial 3)', ["C5'", 'O5*', "H5''"]],
  ];
  for (const [selection, expected] of cases)
    assert.deepEqual(
      picks(structure, selection).map((i) => structure.names[i]),
      expected,
      selection,
    );
});

test('what is no selection is refused with its place and what it may have been', async () => {
  const structure = await readStructure(fixture('names.gro'));
  const cases: [string, RegExp, RegExp?][] = [
    ['name C1 and or', /expected a selection but received "or" at character 13/],
    ['nme C1', /received "C1" at character 5/, /name/],
    ['resname all', /value after resname/, /resname "all"/],
    ['resid 1-', /numbers or ranges .* at character 7/],
    ['name "C1', /second "/],
    ['(name C1', /but it ends at its end/],
    ['within 0.1 of name C1 and name C2', /parentheses/, /within 0\.1 \(…\)/],
    ['is_bonded(#1, all)', /property of atoms/, /chemfiles/],
    ['mass > x', /number after >/],
    ['none', /matches no atom/],
  ];
  for (const [selection, message, hint] of cases)
    assert.throws(
      () => selectAtoms(structure, selection),
      { code: 'bad-argument', message, ...(hint && { hint }) },
      selection,
    );
});
