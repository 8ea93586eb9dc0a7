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

const poseIn = (edge: number | undefined, depth = 0.1, host: readonly Vector[] = ring): Pose => ({
  ...{ host: part(host), positions: new Float64Array(0) },
  guest: part([
    [0.02, 0, depth - 0.07],
    [0.02, 0, depth + 0.07],
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

test('the back wall is by host and guest, not by where the guest of this frame stands', () => {
  const at = (depth: number, host?: readonly Vector[]) =>
    confinePose(poseIn(undefined, depth, host), { kind: 'cylinder', kT, axis: [0, 0, 1], radius: 0.35 });
  const walls = [-0.12, 0, 0.1, 0.2, 0.35].map((depth) => at(depth));
  // the ring ends at −0.25, the guest reaches 0.07 from its centre
  for (const { limits } of walls) assert.equal(limits[0].from, -0.32);
  for (const { notes } of walls)
    assert.match(
      notes[0],
      /a wall at depth -0\.32, the guest's size \(0\.07 nm\) behind the host's end, keeps it/,
    );
  // of a pose at the host's end more room is left, and that is told
  const low = at(-0.2);
  assert.equal(low.limits[0].from, -0.4);
  assert.match(low.notes[0], /0\.2 nm behind the guest of this pose, which lies at the host's end: ‘depth’/);
  // a long host, closed at −0.25: two plates of a square lattice
  const plates = [-0.25, -2].flatMap((z) =>
    Array.from({ length: 81 }, (_, i): Vector => [0.15 * ((i % 9) - 4), 0.15 * (Math.floor(i / 9) - 4), z]),
  );
  const cups = [0.02, 0.1, 0.3].map((depth) => at(depth, [...ring, ...plates]));
  const own = cups.map(({ limits }) => limits[0].from - limits[0].host[0]);
  assert.ok(Math.max(...own) - Math.min(...own) < 0.06, own.join(' '));
  // the last open place lies an opening's width, 0.25, before the plate; a contact of 0.4 and the guest's 0.07 behind that
  for (const from of own) assert.ok(Math.abs(from - (2 - 0.25 + 0.23 - 0.47)) < 0.06, own.join(' '));
  assert.match(
    cups[0].notes[0],
    /the guest's size and a contact \(0\.47 nm\) behind where the pocket is closed/,
  );
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
