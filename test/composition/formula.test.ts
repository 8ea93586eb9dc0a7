import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFormula } from '../../src/composition/index.js';

test('formulas are read, with groups, fractions and water', () => {
  const amounts = (formula: string) => Object.fromEntries(parseFormula(formula));
  assert.deepEqual(amounts('LaMnO3'), { O: 3, Mn: 1, La: 1 });
  assert.deepEqual(amounts('Ba0.5Sr.5 TiO3'), { O: 3, Ti: 1, Sr: 0.5, Ba: 0.5 });
  assert.deepEqual(amounts('Ca10(PO4)6(OH)2'), { H: 2, O: 26, P: 6, Ca: 10 });
  assert.deepEqual(amounts('CuSO4·5H2O'), { O: 9, S: 1, Cu: 1, H: 10 });
  assert.deepEqual(amounts('K4[Fe(CN)6]'), { N: 6, C: 6, Fe: 1, K: 4 });
  assert.deepEqual(amounts('CoCo2'), { Co: 3 });
});

test('what is no formula is refused with what was found', () => {
  for (const [formula, found] of [
    ['LaMnX3', 'X'],
    ['(OH', '\\('],
    ['OH)2', 'a bracket that does not open'],
    ['', 'nothing'],
    ['Fe-O', '-'],
  ])
    assert.throws(() => parseFormula(formula), {
      code: 'bad-data',
      message: new RegExp(`but found ${found} in`),
    });
});
