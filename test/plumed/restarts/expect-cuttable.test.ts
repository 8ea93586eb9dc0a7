import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectCuttable, parsePlumedInput } from '../../../src/plumed/index.js';

const check = (text: string, isCopied = true): void =>
  expectCuttable(parsePlumedInput(text, 'plumed.dat'), () => isCopied);
const metad = 'METAD ARG=a SIGMA=1 HEIGHT=1 PACE=10';

test('what a run could not go on with after a kill is refused before it begins', () => {
  assert.throws(() => check('PRINT ARG=a FILE=COLVAR.gz\n'), {
    code: 'plumed-input',
    message: 'plumed.dat:1: expected a table that can be cut back to a checkpoint but COLVAR.gz is packed',
  });
  assert.throws(() => check(`${metad} FILE=HILLS.gz\n`), /HILLS\.gz is packed/);
  assert.throws(() => check(`${metad}\n`, false), /in one of an absolute name/);
  check('PRINT ARG=a FILE=COLVAR\n', false);
});

test('hills whose columns run into each other are refused', () => {
  for (const format of ['%.14g', '%f', '%12.8f'])
    assert.throws(() => check(`${metad} FMT=${format}\n`), /keeps the columns/);
  for (const format of ['%24.14g', '{ %.14g}', '%14.6f']) check(`${metad} FMT=${format}\n`);
  check('OPES_METAD ARG=a PACE=10 BARRIER=4 FMT=%.12g\n');
});
