import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binsFor, fineAxisFor, Stencil, type FineAxis } from '../../src/free-energy/axes/fine-axis.js';

const values = Float64Array.of();
const cubic: FineAxis = { values, lower: 0, spacing: 0.5, nodes: 9, periodic: false, scheme: 'cubic' };

test('four nodes keep the integral of any cubic, up to the ends of the axis', () => {
  const stencil = new Stencil(cubic);
  const f = (x: number): number => 2 - x + 3 * x ** 2 - 0.7 * x ** 3;
  for (const x of [0, 0.1, 0.26, 1.9, 3.3, 3.99, 4]) {
    assert.ok(stencil.place(x));
    const sum = stencil.parts.reduce((total, part, i) => total + part * f(0.5 * stencil.nodes[i]), 0);
    assert.ok(Math.abs(sum - f(x)) < 1e-10, `${x}: ${sum} and ${f(x)}`);
    assert.ok(Math.abs(0.5 * stencil.nearest() - x) <= 0.25 + 1e-12);
  }
  assert.deepEqual([stencil.place(-0.1), stencil.place(4.1)], [false, false]);
});

test('on a periodic axis nothing lies outside', () => {
  const stencil = new Stencil({ ...cubic, nodes: 8, periodic: true });
  for (const x of [0.1, 4.1, -3.9]) {
    assert.ok(stencil.place(x));
    assert.deepEqual([...stencil.nodes], [7, 0, 1, 2], `${x}`);
  }
});

test('the last bin holds the upper end, where the axis is not periodic', () => {
  const axis = { lower: 0, upper: 4, points: 4, periodic: false };
  const bins = new Stencil(binsFor(values, axis));
  const binOf = (x: number): number => (bins.place(x) ? bins.nodes[0] : -1);
  assert.deepEqual([0, 0.99, 1, 4, 4.01, -0.01].map(binOf), [0, 0, 1, 3, -1, -1]);
  const turned = new Stencil(binsFor(values, { ...axis, periodic: true }));
  assert.deepEqual([turned.place(4), turned.nodes[0]], [true, 0]);
});

test('nodes are 16 a bandwidth, within what was sampled and what kernels reach', () => {
  const axis = { lower: 0, upper: 1, points: 10, periodic: false };
  const fine = fineAxisFor(values, axis, { lower: -100, upper: 0.5 }, 0.1, 1);
  // kernels of twice the width, cut at six of theirs
  assert.ok(Math.abs(fine.lower + 1.2) < 1e-12);
  assert.ok(Math.abs(fine.lower + (fine.nodes - 1) * fine.spacing - 0.5) < 1e-12);
  assert.ok(fine.spacing <= 0.1 / 16);
  const turned = fineAxisFor(values, { ...axis, periodic: true }, { lower: 0, upper: 1 }, 0.1, 2);
  assert.equal(turned.nodes % 10, 0);
  assert.throws(() => fineAxisFor(values, axis, { lower: 0, upper: 1 }, 1e-9, 1), { code: 'bad-argument' });
});
