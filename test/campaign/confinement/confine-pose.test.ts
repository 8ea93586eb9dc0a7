import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confinePose, type ConfinementWish } from '../../../src/campaign/index.js';
import type { Pose, PosePart } from '../../../src/trajectories/index.js';
import { ring } from '../../plumed/confinement/ring-host.js';

type Vector = readonly [number, number, number];
const kT = 2.494;

function part(places: readonly Vector[]): PosePart {
  const centre = [0, 1, 2].map(
    (k) => places.reduce((sum, x) => sum + x[k], 0) / places.length,
  ) as unknown as Vector;
  const extent = Math.max(...places.map((x) => Math.hypot(...x.map((value, k) => value - centre[k]))));
  return { atoms: Uint32Array.from(places, (_, i) => i), places: [...places], centre, extent };
}

const poseIn = (edge: number | undefined): Pose => ({
  ...{ host: part(ring), positions: new Float64Array(0) },
  guest: part([
    [0.02, 0, 0.03],
    [0.02, 0, 0.17],
  ]),
  box:
    edge === undefined
      ? undefined
      : [
          [edge, 0, 0],
          [0, edge, 0],
          [0, 0, edge],
        ],
});
const made = (wish: Partial<ConfinementWish>, edge: number | undefined = 6) =>
  confinePose(poseIn(edge), { kind: 'sphere', kT, ...wish });

test('limits by the pose leave the guest room, and a place where it touches nothing', () => {
  const { request, clear, volume, unboundVolume } = made({});
  // 0.559 of the host, 0.07 of the guest, 0.4 between atoms that touch
  assert.ok(Math.abs(clear - 1.03) < 1e-9, String(clear));
  assert.deepEqual([request.shape.kind, request.shape.radius], ['sphere', 1.83]);
  assert.ok(unboundVolume > 0.7 * volume);
  const funnel = made({ kind: 'funnel' });
  assert.ok(funnel.request.shape.kind === 'funnel' && funnel.request.shape.neck > 0.25);
  assert.ok(funnel.axis!.direction[2] > 0.999);
  const [depth, radial] = funnel.limits;
  assert.ok(depth.from < depth.pose && depth.to > 1 && radial.pose < 0.1);
  assert.ok(funnel.notes.some((note) => note.startsWith('the guest may leave at one end')));
});

test('what is given is taken; both ends have a volume where the guest may leave there', () => {
  const { request, limits } = made({ kind: 'cylinder', radius: 0.5, depth: [-0.4, 1.5], kappa: 500 });
  assert.deepEqual(request.shape, {
    kind: 'cylinder',
    from: -0.4,
    to: 1.5,
    radius: 0.5,
    kappa: 500,
    clear: 0.72,
  });
  assert.deepEqual([limits[0].from, limits[0].to], [-0.4, 1.5]);
  const both = made({ kind: 'cylinder', twoSided: true });
  const one = made({ kind: 'cylinder' });
  assert.ok(Math.abs(both.unboundVolume / one.unboundVolume - 2) < 0.02, `${both.unboundVolume}`);
  assert.ok(both.clearBack! < -0.7);
});

test('a smaller box makes it smaller, with a note; too small a one is refused', () => {
  const { request, notes } = made({}, 3.4);
  assert.ok(request.shape.radius < 1.65 && request.shape.radius >= 1.23);
  assert.match(notes[0], /the periodic box leaves/);
  assert.throws(() => made({}, 2.2), { code: 'bad-argument', message: /periodic box with room/ });
  assert.equal(made({}, undefined).request.shape.radius, 1.83);
});

test('what makes no sense is refused', () => {
  assert.throws(() => made({ neck: 1 }), { message: /no ‘neck’ with a sphere/ });
  assert.throws(() => made({ kind: 'funnel', twoSided: true }), { code: 'bad-argument' });
  assert.throws(() => made({ kind: 'cylinder', depth: [0.5, 1.5] }), { message: /guest of the pose within/ });
  assert.throws(() => made({ kind: 'funnel', neck: -1 }), { message: /a neck between/ });
});
