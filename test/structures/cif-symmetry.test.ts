import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readStructures } from '../../src/structures/index.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder('cif-symmetry');
const operations = (...texts: string[]): string =>
  ['loop_', '_space_group_symop_operation_xyz', ...texts.map((text) => `'${text}'`)].join('\n');

/** Rock salt, or what else its sites are. */
function save(
  name: string,
  symmetry: readonly string[],
  sites = ['Na1 Na1+ 0 0 0', 'Cl1 Cl1- 0.5 0.5 0.5'],
): string {
  const path = join(folder, `${name}.cif`);
  const edges = ['a', 'b', 'c'].map((axis) => `_cell_length_${axis} 5.6402`);
  const angles = ['alpha', 'beta', 'gamma'].map((angle) => `_cell_angle_${angle} 90`);
  const items = ['label', 'type_symbol', 'fract_x', 'fract_y', 'fract_z'].map((item) => `_atom_site_${item}`);
  writeFileSync(
    path,
    ['data_x', ...edges, ...angles, ...symmetry, 'loop_', ...items, ...sites, ''].join('\n'),
  );
  return path;
}

const good: [string, string[], number, string[]?][] = [
  ['named', ["_symmetry_space_group_name_H-M 'F m -3 m'"], 8],
  ['of no symmetry', [], 2],
  ['of all atoms', ["_space_group_name_H-M_alt 'P 1'", '_space_group_IT_number 1', operations('x,y,z')], 2],
  [
    'of body-centred sites',
    [
      "_space_group_name_H-M_alt 'I 1 2 1'",
      operations('x,y,z', '-x,y,-z', 'x+1/2,y+1/2,z+1/2', '.5-x,1/2+y,1/2-z'),
    ],
    4,
    ['Na1 Na 0.1 0.2 0.3'],
  ],
];
for (const [name, symmetry, atoms, sites] of good)
  test(`a CIF ${name} has ${atoms} atoms`, async () => {
    const [{ elements }] = await readStructures([save(name.replaceAll(' ', '-'), symmetry, sites)]);
    assert.equal(elements.length, atoms);
  });

const refused: [string, string[], RegExp, string[]?][] = [
  [
    'number',
    ['_symmetry_Int_Tables_number 225'],
    /number.cif: expected the name of the space group number 225/,
  ],
  ['hall', ["_space_group_name_Hall '-F 4 2 3'"], /hall.cif: expected the name of the space group -F 4 2 3/],
  [
    'contradicting',
    ["_symmetry_space_group_name_H-M 'F m -3 m'", operations('x,y,z')],
    /expected the 2 atoms that its symmetry operations give but found 8 by the name of its space group, F m -3 m/,
  ],
  [
    'setting',
    ["_symmetry_space_group_name_H-M 'P 1 2 1'", operations('x,y,z', '-x,-y,z')],
    /found others by the name/,
    ['Na1 Na 0.1 0.2 0.3'],
  ],
];
for (const [name, symmetry, message, sites] of refused)
  test(`a CIF is refused whose symmetry is not read: ${name}`, async () => {
    await assert.rejects(readStructures([save(name, symmetry, sites)]), { code: 'bad-data', message });
  });
