import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnInterval,
  coreSets,
  duration,
  labels,
  positiveIntegers,
  states,
} from '../../src/cli/options/values.js';
import { intervalRule } from '../../src/sampling/index.js';

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

test('states are rules, with a name or without, several in one or one after the other', () => {
  const add = states('--basin');
  const [first, second, third] = add('C7ax:phi=0..2.3; other: psi > 1', add('phi=-3..-1'));
  assert.deepEqual([first.name, second.name, third.name], [undefined, 'C7ax', 'other']);
  assert.deepEqual(first.condition, intervalRule('phi', [-3, -1]).condition);
  assert.throws(() => add('C7ax:phi'), {
    code: 'bad-argument',
    message:
      'expected a comparison (<, <=, >, >=, =) at character 9 of --basin "C7ax:phi" but received its end',
  });
});

test('cores are rules, or intervals of one column', () => {
  const cores = coreSets('--cores');
  const found = cores('phi=-2.8..-0.6,0.5..1.7').map(({ condition }) => condition);
  const wanted = [intervalRule('phi', [-2.8, -0.6]), intervalRule('phi', [0.5, 1.7])];
  assert.deepEqual(
    found,
    wanted.map(({ condition }) => condition),
  );
  assert.equal(cores('x=0..1,2..3,4..5').length, 3);
  assert.deepEqual(
    cores('B: x < 1; A: x > 2').map(({ name }) => name),
    ['B', 'A'],
  );
});
