import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand } from './salt.js';

const notesOf = async (text: string): Promise<string[]> => (await expand(text)).notes;

test('what was chosen unasked is told', async () => {
  assert.deepEqual(await notesOf('soap all cutoff=0.4 n=2'), [
    'soap: l=4 sigma=0.05 weighting=poly average=outer where nothing is said',
  ]);
  assert.deepEqual(await notesOf('acsf all cutoff=0.4 functions=g2'), [
    'acsf: eta=200 rs=0.05,0.1,0.15,0.2,0.25,0.3,0.35 where nothing is said',
  ]);
  assert.deepEqual(await notesOf('acsf all cutoff=0.4 eta=5,10 zeta=2'), [
    'acsf: rs=0 angular-eta=12.5 lambda=1,-1 where nothing is said',
  ]);
  assert.deepEqual(await notesOf('acsf all cutoff=0.4 functions=g1'), []);
  assert.deepEqual(await notesOf('rdf all rmax=0.4 sigma=0.02'), []);
});
