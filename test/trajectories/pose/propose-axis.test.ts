import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposedAxis, type Pose, type PosePart } from '../../../src/trajectories/index.js';
import { ring } from '../../plumed/confinement/ring-host.js';

type Vector = readonly [number, number, number];

function part(places: readonly Vector[]): PosePart {
  const centre = [0, 1, 2].map((k) => places.reduce((sum, x) => sum + x[k], 0) / places.length);
  return {
    ...{ atoms: new Uint32Array(places.length), places: [...places], extent: 0.1 },
    centre: centre as unknown as Vector,
  };
}

const pose = (host: readonly Vector[], guest: readonly Vector[]): Pose => ({
  ...{ host: part(host), guest: part(guest), box: undefined, positions: new Float64Array(0) },
});

test('of a ring it is its own axis, to its wider side', () => {
  const { direction, through, reason } = proposedAxis(pose(ring, [[0.02, 0, 0.15]]));
  assert.ok(direction[2] > 0.9999, String(direction));
  assert.ok(Math.hypot(...through) < 1e-9);
  assert.match(reason, /host's own axis/);
  const turned = ring.map(([x, y, z]): Vector => [x, y, -z]);
  const other = proposedAxis(pose(turned, [[0.02, 0, -0.15]]));
  assert.ok(other.direction[2] < -0.9999, String(other.direction));
});

test('of a pocket it is the widest way out, through the guest', () => {
  // half a sphere that is open along +x
  const cup: Vector[] = [];
  for (let i = 0; i < 400; i++) {
    const z = 1 - (2 * i + 1) / 400;
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    const place: Vector = [
      0.5 * Math.sqrt(1 - z * z) * Math.cos(angle),
      0.5 * Math.sqrt(1 - z * z) * Math.sin(angle),
      0.5 * z,
    ];
    if (place[0] < 0.38) cup.push(place);
  }
  // not a top: a lid that belongs to it
  cup.push([-0.5, 0.9, 0], [-0.5, 1, 0.2], [-0.5, 1.2, 0]);
  const { direction, through } = proposedAxis(pose(cup, [[0, 0, 0]]));
  assert.ok(direction[0] > 0.99, String(direction));
  assert.ok(Math.hypot(...through) < 1e-9);
});

test('a guest that lies on its host leaves away from it', () => {
  const plane: Vector[] = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y): Vector => [0.2 * x, 0.2 * y, 0]));
  const { direction, reason } = proposedAxis(pose(plane, [[0, 0, 0.4]]));
  assert.ok(direction[2] > 0.999);
  assert.match(reason, /lies open/);
});
