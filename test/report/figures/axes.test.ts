import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axis, axisTitle, domainOf } from '../../../src/report/figures/axes.js';

test('titles have units where there are any', () => {
  assert.equal(axisTitle({ label: 'φ', unit: 'rad' }), 'φ (rad)');
  assert.equal(axisTitle({ label: 'Epoch' }), 'Epoch');
});

test('a domain has a little room, leaves out what is not finite, and is never empty', () => {
  const near = (found: readonly number[], expected: readonly number[]): void =>
    expected.forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 1e-12, found.join()));
  near(domainOf({ label: 'x' }, [0, 10, NaN, Infinity]), [-0.3, 10.3]);
  near(domainOf({ label: 'x' }, [2, 2]), [1.5, 2.5]);
  near(domainOf({ label: 'x' }, [NaN]), [0, 1]);
  near(domainOf({ label: 'x', domain: [-1, 1] }, [5]), [-1, 1]);
});

test('torsions have ticks in parts of π, other quantities their own', () => {
  const { ticks, tickFormat } = axis({ label: 'φ', unit: 'rad', domain: [-Math.PI, Math.PI] });
  assert.deepEqual((ticks as number[]).map(tickFormat as (value: number) => string), [
    '−π',
    '−π/2',
    '0',
    'π/2',
    'π',
  ]);
  assert.equal(axis({ label: 'd', unit: 'nm', domain: [0, 1] }).ticks, undefined);
});
