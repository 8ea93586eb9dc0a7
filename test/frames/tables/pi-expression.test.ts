import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piExpression } from '../../../src/frames/tables/pi-expression.js';

test('domains are read as PLUMED writes them', () => {
  assert.equal(piExpression('-pi'), -Math.PI);
  assert.equal(piExpression('pi'), Math.PI);
  assert.equal(piExpression('2*pi'), 2 * Math.PI);
  assert.equal(piExpression('-pi/2'), -Math.PI / 2);
  assert.equal(piExpression('0.5*(pi+1)-1'), 0.5 * (Math.PI + 1) - 1);
  assert.equal(piExpression('-3.14'), -3.14);
  assert.equal(piExpression('1e-3'), 1e-3);
});

test('anything else is no number', () => {
  for (const text of ['', 'pie', 'pi pi', '(pi', '1/0', '2*', 'x', '1..2']) {
    assert.equal(piExpression(text), undefined, text);
  }
});
