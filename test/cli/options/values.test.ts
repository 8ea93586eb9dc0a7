import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnInterval,
  columnIntervals,
  coreSets,
  integerRange,
  layerLists,
  periodicColumns,
  states,
  temperature,
  unit,
} from '../../../src/cli/options/values.js';
import { intervalRule } from '../../../src/sampling/index.js';

test('numbers of CVs are a range or a list, layers are lists of widths', () => {
  assert.deepEqual(integerRange('1..4'), [1, 2, 3, 4]);
  for (const text of ['1,2,4', '1 2 4']) assert.deepEqual(integerRange(text), [1, 2, 4]);
  for (const text of ['4..1', '0..2', '1..200']) assert.throws(() => integerRange(text), /such as 1\.\.4/);
  assert.deepEqual(layerLists('32;64,32'), [[32], [64, 32]]);
  assert.throws(() => layerLists('32;'), /such as 64,32/);
});

test('temperatures are of all files or of some; units are names of PLUMED or numbers', () => {
  assert.deepEqual(temperature('300'), { kelvin: 300, files: undefined });
  assert.deepEqual(temperature('hot/*=600'), { kelvin: 600, files: 'hot/*' });
  for (const text of ['warm', '-3', 'hot=']) assert.throws(() => temperature(text), /a temperature in K/);
  assert.equal(unit('time')('ns'), 1000);
  assert.equal(unit('energy')('2.5'), 2.5);
  assert.throws(() => unit('length')('furlong'), /nm, .* or a positive number/);
});

test('periods are of columns in rad, or with their domain, by commas or blanks', () => {
  const turn = [-Math.PI, Math.PI];
  for (const text of ['phi, psi', 'phi psi'])
    assert.deepEqual(periodicColumns(text), [{ columns: ['phi', 'psi'], period: turn }]);
  assert.deepEqual(periodicColumns('a*,b=-180..180'), [{ columns: ['a*', 'b'], period: [-180, 180] }]);
  assert.deepEqual(periodicColumns('a=0..360 b=-pi..pi c'), [
    { columns: ['a'], period: [0, 360] },
    { columns: ['b'], period: turn },
    { columns: ['c'], period: turn },
  ]);
  for (const wrong of ['', 'a=1', 'a=3..1', 'a=0..inf', 'a,,b'])
    assert.throws(() => periodicColumns(wrong), { message: /such as phi=-180\.\.180/ });
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
  assert.deepEqual(columnIntervals('x=0..1 y=-1..2'), [
    { column: 'x', interval: [0, 1] },
    { column: 'y', interval: [-1, 2] },
  ]);
  for (const text of ['phi', 'phi=1', 'phi=a..b', '=0..1']) assert.throws(() => columnInterval(text));
});

test('states are rules, with a name or without, several in one or one after the other', () => {
  const read = states('--basin');
  const [first, second, third] = [...read('phi=-3..-1'), ...read('C7ax:phi=0..2.3; other: psi > 1')];
  assert.deepEqual([first.name, second.name, third.name], [undefined, 'C7ax', 'other']);
  assert.deepEqual(first.condition, intervalRule('phi', [-3, -1]).condition);
  assert.throws(() => read('C7ax:phi'), {
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
