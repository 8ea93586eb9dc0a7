import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnTable, definitionTable } from '../../../src/report/sections/tables.js';

test('rows and tables without a value are left out', () => {
  const table = String(definitionTable([['a', '1'], ['b', undefined], ['c', ''], ['d', '<']])); // prettier-ignore
  assert.equal(table.match(/<tr>/g)!.length, 2);
  assert.match(table, /<td>&lt;<\/td>/);
  assert.equal(definitionTable([['b', undefined]]), undefined);
});

test('columns that no row has are left out, single cells are a dash', () => {
  const table = String(columnTable(['A', 'B', 'C'], [['1', undefined, '2'], ['3', undefined, undefined]])); // prettier-ignore
  assert.deepEqual(table.match(/>[^<>\s]+</g), ['>A<', '>C<', '>1<', '>2<', '>3<', '>–<']);
  assert.equal(columnTable(['A'], [[undefined]]), undefined);
});
