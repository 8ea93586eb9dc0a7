import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnInterval,
  coreSets,
  duration,
  labels,
  positiveIntegers,
  states,
} from '../../src/cli/values.js';

test('times are in ps unless they say otherwise', () => {
  assert.equal(duration('10'), 10);
  assert.equal(duration('10ps'), 10);
  assert.equal(duration('0.5 ns'), 500);
  assert.equal(duration('2fs'), 0.002);
  assert.equal(duration('1us'), 1e6);
  for (const text of ['', 'ps', '-3', '3 hours', '1e999'])
    assert.throws(() => duration(text), /such as 10ps/);
});

test('lists have commas', () => {
  assert.deepEqual(positiveIntegers('64,32'), [64, 32]);
  assert.deepEqual(labels('phi, psi'), ['phi', 'psi']);
  assert.throws(() => positiveIntegers('64,,32'));
  assert.throws(() => labels('phi,'));
});

test('intervals name their column, and understand pi and infinity', () => {
  assert.deepEqual(columnInterval('phi=0..2.3'), { column: 'phi', interval: [0, 2.3] });
  assert.deepEqual(columnInterval('cv.node-0=-pi..-0.5'), {
    column: 'cv.node-0',
    interval: [-Math.PI, -0.5],
  });
  assert.deepEqual(columnInterval('progress=-inf..1.45'), {
    column: 'progress',
    interval: [-Infinity, 1.45],
  });
  for (const text of ['phi', 'phi=1', 'phi=a..b', '=0..1']) assert.throws(() => columnInterval(text));
});

test('states are intervals, with a name or without', () => {
  assert.deepEqual(states('phi=0..2.3'), [{ column: 'phi', interval: [0, 2.3] }]);
  const [first, second] = states('C7ax:phi=0..2.3', states('phi=-3..-1'));
  assert.deepEqual([first.name, second.name], [undefined, 'C7ax']);
  assert.throws(() => states('C7ax:phi'), /an interval such as/);
});

test('cores are two or more intervals of one column', () => {
  const sets = [
    [-2.8, -0.6],
    [0.5, 1.7],
  ];
  assert.deepEqual(coreSets('phi=-2.8..-0.6,0.5..1.7'), { column: 'phi', sets });
  assert.equal(coreSets('x=0..1,2..3,4..5').sets.length, 3);
  assert.throws(() => coreSets('phi=0..1'), /two or more intervals/);
});
