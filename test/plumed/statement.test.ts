import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpretWords, placeOf } from '../../src/plumed/statement.js';

test('label, action, keywords and flags, in whatever case', () => {
  const { action, label, keywords, flags } = interpretWords(['d:', 'distance', 'atoms=1,2', 'NoPBC']);
  assert.deepEqual(
    [action, label, [...keywords], [...flags]],
    ['DISTANCE', 'd', [['ATOMS', '1,2']], ['NOPBC']],
  );
});

test('LABEL= is a label, the colon goes before it; of a key given twice the first counts', () => {
  assert.equal(interpretWords(['GROUP', 'LABEL=g']).label, 'g');
  assert.equal(interpretWords(['a:', 'GROUP', 'LABEL=g']).label, 'a');
  assert.equal(interpretWords(['GROUP']).label, undefined);
  assert.equal(interpretWords(['G', 'A=1', 'a=2=3']).keywords.get('A'), '1');
  assert.equal(interpretWords(['G', 'A=2=3']).keywords.get('A'), '2=3');
});

test('places', () => {
  assert.equal(placeOf({ path: 'plumed.dat', firstLine: 12 }), 'plumed.dat:12');
  assert.equal(placeOf({ path: undefined, firstLine: 12 }), 'line 12');
});
