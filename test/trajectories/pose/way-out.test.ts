import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedBehind } from '../../../src/trajectories/pose/index.js';
import { ring } from '../../plumed/confinement/ring-host.js';

type Vector = readonly [number, number, number];

test('a way is closed where no place of a slice is an opening from all atoms, along any axis', () => {
  const plate = Array.from({ length: 121 }, (_, i): Vector => [
    0.15 * ((i % 11) - 5),
    0.15 * (Math.floor(i / 11) - 5),
    -1,
  ]);
  assert.equal(closedBehind([0, 0, 0.1], [0, 0, 1], 0.3, ring), undefined);
  const behind = closedBehind([0, 0, 0.1], [0, 0, 1], 0.3, [...ring, ...plate])!;
  // the nearest atoms to a place between four are 0.106 aside: closed within √(0.25² − 0.106²) = 0.226 of the plate
  assert.ok(behind > 1.1 - 0.2265 - 1e-9 && behind < 1.1 - 0.2265 + 0.05, String(behind));
  // the same, turned: x to y, y to z, z to x
  const turned = [...ring, ...plate].map(([x, y, z]): Vector => [z, x, y]);
  assert.equal(closedBehind([0.1, 0, 0], [1, 0, 0], 0.3, turned), behind);
  // from the plate's other side there is nothing behind
  assert.equal(closedBehind([0, 0, -2], [0, 0, 1], 0.3, plate), undefined);
  assert.ok(closedBehind([0, 0, -2], [0, 0, -1], 0.3, plate)! > 0.7);
});

test('a hole in it leaves it open', () => {
  const plate = Array.from({ length: 121 }, (_, i): Vector => [
    0.15 * ((i % 11) - 5),
    0.15 * (Math.floor(i / 11) - 5),
    -1,
  ]);
  const pierced = plate.filter(([x, y]) => Math.hypot(x - 0.15, y) > 0.26);
  assert.equal(closedBehind([0, 0, 0], [0, 0, 1], 0.3, pierced), undefined);
  // beyond the radius it does not help
  assert.ok(closedBehind([-0.4, 0, 0], [0, 0, 1], 0.2, pierced) !== undefined);
});
