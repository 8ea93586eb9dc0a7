import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCifBlock } from '../../src/structures/cif.js';

const notesOf = (text: string, path: string): string[] => readCifBlock(text, path).notes;

const cif = (header: string, ...sites: string[]): string =>
  [
    'data_x',
    '_cell_length_a 4.0 # Å',
    "_publ_author 'A. O'Hara'",
    ';',
    'loop_ _atom_site_occupancy 0.3 is only text here',
    ';',
    'loop_',
    '_atom_site_label',
    '_atom_site_fract_x',
    header,
    ...sites,
    '',
  ].join('\n');

test('ordered structures go through, however full their sites are written', () => {
  assert.deepEqual(
    notesOf(cif('_atom_site_occupancy', 'Na1 0.0 1.0', 'Cl1 0.5 1.00(2)', 'O1 0.1 ?'), 'x.cif'),
    [],
  );
  assert.deepEqual(notesOf(cif('_atom_site_disorder_group', 'Na1 0.0 .'), 'x.cif'), []);
  assert.deepEqual(notesOf(cif('_atom_site_fract_y', 'Na1 0.0 0.3'), 'x.cif'), []);
});

test('disordered ones are refused with the site and the line', () => {
  assert.throws(() => notesOf(cif('_atom_site_occupancy', 'Na1 0.0 1', 'K1 0.0 0.5(1)'), 'x.cif'), {
    code: 'bad-data',
    message: 'x.cif:12: expected the site K1 to be fully occupied but it is so to 0.5(1)',
  });
  assert.throws(() => notesOf(cif('_atom_site_disorder_group', "'C 1' 0.0 2"), 'x.cif'), {
    code: 'bad-data',
    message: 'x.cif:11: expected an ordered structure but the site C 1 is of the disorder group 2',
  });
});

test('without atoms it is refused, and further structures of a file are told', () => {
  assert.throws(() => notesOf('data_x\n_cell_length_a 4.0\n', 'x.cif'), {
    code: 'bad-data',
    message: /x.cif: expected atoms/,
  });
  const two =
    cif('_atom_site_occupancy', 'Na1 0.0 1') +
    cif('_atom_site_occupancy', 'K1 0.0 0.5').replace('data_x', 'data_y');
  assert.deepEqual(notesOf(two, 'x.cif'), ['x.cif: the first of 2 structures is read']);
});

test('sites and what is said of the symmetry are read', () => {
  const text = [
    'data_x',
    "_symmetry_space_group_name_H-M 'P -1'",
    '_space_group_IT_number 2',
    'loop_',
    '_symmetry_equiv_pos_site_id',
    '_symmetry_equiv_pos_as_xyz',
    "1 'x, y, z'",
    "2 '-x, -y, -z'",
    'loop_',
    '_atom_site_label',
    '_atom_site_fract_x',
    '_atom_site_fract_y',
    '_atom_site_fract_z',
    'Na1 0.25(3) .5 -1e-1',
    '',
  ].join('\n');
  const { sites, symmetry } = readCifBlock(text, 'x.cif');
  assert.deepEqual(sites, [[0.25, 0.5, -0.1]]);
  assert.deepEqual(symmetry, { operations: ['x, y, z', '-x, -y, -z'], name: 'P -1', number: '2' });
});

test('a space group that is only named is told', () => {
  const named = "data_x\n_symmetry_space_group_name_H-M 'F d -3 m'\nloop_\n_atom_site_fract_x\n0.0\n";
  assert.match(
    notesOf(named, 'x.cif')[0],
    /x.cif: symmetry by the name of its space group, F d -3 m, in its usual setting/,
  );
  assert.deepEqual(notesOf(named.replace('F d -3 m', 'P 1'), 'x.cif'), []);
});
