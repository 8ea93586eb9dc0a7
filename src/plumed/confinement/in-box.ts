import { radiusAt } from '../../sampling/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import { cross, dot, type Vector } from './host-frame.js';
import type { ConfinementPose, ConfinementShape } from './request.js';

/** How far a guest gets behind a wall, nm, and how much of a box may be left unused as its size changes. */
const behind = 0.1;

/** Half of the smallest height of a box, nm: what lies nearer has one nearest image; Infinity without a box. */
export function halfBox(box: readonly Vector[] | undefined): number {
  if (!box) return Infinity;
  const [a, b, c] = box;
  if (![a, b, c].every((row) => Math.hypot(...row) > 0)) return Infinity;
  const volume = Math.abs(dot(a, cross(b, c)));
  const heights = [cross(b, c), cross(c, a), cross(a, b)].map((face) => volume / Math.hypot(...face));
  return Math.min(...heights) / 2;
}

/** The farthest from its origin that a confinement lets a guest get, nm. */
export function reachOf(shape: ConfinementShape): number {
  if (shape.kind === 'sphere') return shape.radius;
  const named = { ...shape, distance: '', depth: '', radial: '' };
  const depths = shape.kind === 'funnel' ? [shape.from, shape.to, shape.neck] : [shape.from, shape.to];
  return Math.max(...depths.map((depth) => Math.hypot(depth, radiusAt(named, depth))));
}

/**
 * Refuses a confinement in which the guest would come near another image of the host than its own.
 * @throws LatentcvError `bad-argument`
 */
export function expectInBox(shape: ConfinementShape, { box, host }: ConfinementPose): void {
  const half = halfBox(box);
  const reach = reachOf(shape) + behind;
  if (reach > half)
    throw new LatentcvError(
      'bad-argument',
      `expected a ${shape.kind} that lies within half of the periodic box, ${digits(half, 3)} nm from the host, but it reaches ${digits(reach, 3)} nm`,
      'take a larger box, or say a smaller one: ‘radius’, ‘depth’; of a run without periodic boundaries, give a pose without a box',
    );
  const wide = Math.max(
    ...host.places.flatMap((a) => host.places.map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))),
  );
  if (wide > half)
    throw new LatentcvError(
      'bad-argument',
      `expected a host that is narrower than half of the periodic box, ${digits(half, 3)} nm, but its atoms lie up to ${digits(wide, 3)} nm apart`,
      'select the atoms about the pocket, whose centre and axis are taken',
    );
}
