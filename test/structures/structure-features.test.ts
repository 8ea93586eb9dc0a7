import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDefinition } from '../../src/trajectories/index.js';
import { structureFeatures } from '../../src/structures/index.js';
import { cubic } from './fixtures.js';

const salt = cubic(0.564, [
  ['Na', 0, 0, 0],
  ['Cl', 0.5, 0, 0],
]);
const iron = { ...cubic(0.287, [['Fe', 0, 0, 0]]), name: 'iron', place: 'iron.cif' };

test('rows have the columns of all, 0 where a structure has no such atoms, and it is told', async () => {
  const descriptors = parseDefinition([
    'coordination all d0=0.29 dmax=0.4 form=cubic mean by elements',
    'volume all',
    'volume all',
  ]);
  const { labels, data, notes } = await structureFeatures([salt, iron], { descriptors, composition: false });
  assert.deepEqual(labels, [
    'cna_Cl.mean',
    'cna_Cl_by_Na.mean',
    'cna_Fe.mean',
    'cna_Na.mean',
    'cna_Na_by_Cl.mean',
    'volume_all',
    'volume_all_v2',
  ]);
  assert.deepEqual([data[2], data[7], data[8]], [0, 0, 0]);
  assert.ok(Math.abs(data[9] - 6) < 1e-12);
  assert.match(
    notes[0],
    /^0 in structures that have no such atoms, in "coordination .*": cna_Cl, cna_Cl_by_Na/,
  );
});

test('statistics of composition stand behind, without properties that an element has no value of', async () => {
  const { labels, data, leftOut } = await structureFeatures([salt, { ...iron, elements: ['He'] }], {
    composition: true,
  });
  assert.equal(labels[0], 'Number mean');
  assert.equal(data[0], 14);
  assert.deepEqual(leftOut.find(({ property }) => property === 'Electronegativity')?.element, 'He');
  assert.ok(!labels.includes('Electronegativity mean'));
});

test('of the cell of a file is told; numbered atoms, files and atoms that nobody has are refused', async () => {
  const of = (...texts: string[]) =>
    structureFeatures([salt, iron], { descriptors: parseDefinition(texts), composition: false });
  assert.match(
    (await of('volume', 'bragg all hkl=111')).notes[0],
    /of the cell that a file has, not of the crystal: volume; bragg all hkl=111/,
  );
  await assert.rejects(of('volume (index 0)'), {
    code: 'bad-argument',
    message: /mean the same in every structure, but received index/,
  });
  await assert.rejects(of('similarity all like env.pdb sigma=0.02'), {
    code: 'bad-argument',
    message: /compares it with a file/,
  });
  await assert.rejects(of('volume (element Ba)'), {
    code: 'bad-argument',
    message: /none of the 2 has them/,
  });
});
