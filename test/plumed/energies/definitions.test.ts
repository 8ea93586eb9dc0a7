import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, parsePlumedInput } from '../../../src/plumed/index.js';

const of = (text: string, column: string): string | undefined => definitionOf(parsePlumedInput(text), column);

test('what a column is: its statement and those it rests on, wherever files lie', () => {
  const text = (file: string, atoms: string): string =>
    `c: COM ATOMS=${atoms}\nd: DISTANCE ATOMS=c,9\ncv: ONNX_MODEL FILE=${file}/m.onnx ARG=d STRIDE=1\nr: RESTRAINT ARG=d AT=0 KAPPA=1\n`;
  assert.equal(of(text('a', '1-4'), 'cv.node-0'), of(text('../b', '1-4'), 'cv.node-0'));
  assert.notEqual(of(text('a', '1-4'), 'cv.node-0'), of(text('a', '1-5'), 'cv.node-0'));
  assert.match(of(text('a', '1-4'), 'd')!, /^c: COM ATOMS=1-4\nd: DISTANCE ATOMS=c,9$/);
  assert.equal(of(text('a', '1-4'), 'phi'), undefined);
});
