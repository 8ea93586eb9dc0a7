import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectOrdered } from '../../src/structures/cif.js';

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
    expectOrdered(cif('_atom_site_occupancy', 'Na1 0.0 1.0', 'Cl1 0.5 1.00(2)', 'O1 0.1 ?'), 'x.cif'),
    [],
  );
  assert.deepEqual(expectOrdered(cif('_atom_site_disorder_group', 'Na1 0.0 .'), 'x.cif'), []);
  assert.deepEqual(expectOrdered(cif('_atom_site_fract_y', 'Na1 0.0 0.3'), 'x.cif'), []);
});

test('disordered ones are refused with the site and the line', () => {
  assert.throws(() => expectOrdered(cif('_atom_site_occupancy', 'Na1 0.0 1', 'K1 0.0 0.5(1)'), 'x.cif'), {
    code: 'bad-data',
    message: 'x.cif:12: expected the site K1 to be fully occupied but it is so to 0.5(1)',
  });
  assert.throws(() => expectOrdered(cif('_atom_site_disorder_group', "'C 1' 0.0 2"), 'x.cif'), {
    code: 'bad-data',
    message: 'x.cif:11: expected an ordered structure but the site C 1 is of the disorder group 2',
  });
});

test('without atoms it is refused, and further structures of a file are told', () => {
  assert.throws(() => expectOrdered('data_x\n_cell_length_a 4.0\n', 'x.cif'), {
    code: 'bad-data',
    message: /x.cif: expected atoms/,
  });
  const two =
    cif('_atom_site_occupancy', 'Na1 0.0 1') +
    cif('_atom_site_occupancy', 'K1 0.0 0.5').replace('data_x', 'data_y');
  assert.deepEqual(expectOrdered(two, 'x.cif'), ['x.cif: the first of 2 structures is read']);
});
