import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descriptorLabels } from '../../../../src/descriptors/index.js';
import { expand, linesOf, rejected } from './salt.js';

test('soap by elements: of each pair of densities around all centres, zeros of those that lack', async () => {
  const pairs = async (text: string): Promise<string[]> => [
    ...new Set((await linesOf(text)).map((line) => line.replace(/ basis.*/, ''))),
  ];
  const small = 'n=2 l=1 cutoff=0.4';
  assert.deepEqual(await pairs(`soap all ${small} by elements`), [
    'soap 0-4 / 0 1 species 11',
    'soap 0-4 / 0 1 / 2-4 species 11 17',
    'soap 0-4 / 2-4 species 17',
  ]);
  // the second and the third are both not there, and stay two
  const several = `soap all ${small} elements=Cl,K,Rb,Na`;
  assert.deepEqual(await pairs(several), [
    'soap 0-4 / 2-4 species 17',
    'soap 0-4 / 2-4 / species 17 19',
    'soap 0-4 / 2-4 / species 17 37',
    'soap 0-4 / 2-4 / 0 1 species 17 11',
    'soap 0-4 / species 19',
    'soap 0-4 / / species 19 37',
    'soap 0-4 / / 0 1 species 19 11',
    'soap 0-4 / species 37',
    'soap 0-4 / / 0 1 species 37 11',
    'soap 0-4 / 0 1 species 11',
  ]);
  // of one density six components, of two eight
  assert.equal((await linesOf(several)).length, 4 * 6 + 6 * 8);
  const labels = descriptorLabels((await expand(several)).set);
  assert.equal(new Set(labels).size, labels.length);
  assert.equal(labels[0], 'soap_Cl.1-1-l0');
  assert.ok(labels.includes('soap_K_Rb.2-1-l1'));
});

test('elements that cannot be are refused', async () => {
  await rejected('soap all cutoff=0.4 elements=Na,K', /expected atoms of Na, K but .*salt.gro has Cl/);
  await rejected('soap all cutoff=0.4 elements=Na,Na', /expected symbols of different elements .* "Na,Na"/);
  await rejected('soap all cutoff=0.4 elements=Na,Xx', /expected symbols of different elements .* "Xx"/);
});
