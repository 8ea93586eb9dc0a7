import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confinementWires } from '../../../src/report/structures/confinement-wires.js';
import { radiusAt, type Confinement } from '../../../src/sampling/index.js';

type Vector = readonly [number, number, number];
const common = { distance: 'd', kappa: 2000, clear: 1 };
const axial = { ...common, depth: 'z', radial: 'r', from: -0.3, to: 1.7, radius: 0.25 };
const origin: Vector = [1, -2, 0.5];
const axis: Vector = [2 / 3, -1 / 3, 2 / 3];

const away = (x: Vector): number[] => x.map((value, k) => value - origin[k]);

test('rings and meridians of a funnel and a cylinder lie on their side, from end to end', () => {
  for (const confinement of [
    { kind: 'cylinder', ...axial },
    { kind: 'funnel', ...axial, neck: 0.6, angle: 0.5 },
  ] satisfies Confinement[]) {
    const wires = confinementWires(confinement, { origin, axis });
    const depths = new Set<string>();
    for (const { kind, points } of wires)
      for (const point of points) {
        const own = away(point);
        const depth = own.reduce((sum, x, k) => sum + x * axis[k], 0);
        const radial = Math.sqrt(Math.max(0, Math.hypot(...own) ** 2 - depth ** 2));
        if (kind !== 'axis') assert.ok(Math.abs(radial - radiusAt(confinement, depth)) < 1e-9);
        if (kind === 'clear') assert.ok(Math.abs(depth - 1) < 1e-9);
        depths.add(depth.toFixed(6));
      }
    for (const depth of [-0.3, 1.7]) assert.ok(depths.has(depth.toFixed(6)), String(depth));
    assert.equal(depths.has('0.600000'), confinement.kind === 'funnel');
    const [arrow] = wires.filter(({ kind }) => kind === 'axis');
    const ends = arrow.points
      .slice(0, 2)
      .map((point) => away(point).reduce((sum, x, k) => sum + x * axis[k], 0));
    assert.ok(Math.abs(ends[0] + 0.3) < 1e-9 && Math.abs(ends[1] - 1.7) < 1e-9);
  }
});

test('a sphere is three circles, and three more from where on the guest is free; without an axis nothing else is drawn', () => {
  const wires = confinementWires({ kind: 'sphere', ...common, radius: 1.5 }, { origin });
  assert.deepEqual(
    wires.map(({ kind }) => kind),
    ['wall', 'wall', 'wall', 'clear', 'clear', 'clear'],
  );
  for (const { kind, points } of wires)
    for (const point of points)
      assert.ok(Math.abs(Math.hypot(...away(point)) - (kind === 'wall' ? 1.5 : 1)) < 1e-9);
  assert.deepEqual(confinementWires({ kind: 'cylinder', ...axial }, { origin }), []);
});
