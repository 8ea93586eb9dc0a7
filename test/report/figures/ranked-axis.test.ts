import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankedAxis } from '../../../src/report/figures/ranked-axis.js';

test('room for the longest name, up to 34 letters; longer ones are cut', () => {
  const { marginLeft, y } = rankedAxis(['phi', 'a'.repeat(40)]);
  assert.equal(marginLeft, 16 + 7 * 34);
  const format = y!.tickFormat as (label: string) => string;
  assert.deepEqual([format('phi'), format('a'.repeat(40))], ['phi', `${'a'.repeat(33)}…`]);
  assert.deepEqual(rankedAxis(['b', 'a']).y!.domain, ['b', 'a']);
});
