import { radiusAt } from '../../sampling/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import type { Vector } from './host-frame.js';
import type { ConfinementPose, ConfinementShape } from './request.js';

/** How far a guest gets behind a wall, nm, and how much of a box may be left unused as its size changes. */
const behind = 0.1;

/**
 * Half of the shortest vector between two images of a box, nm: what lies nearer has one nearest image, the one that PLUMED
 * takes in boxes of any shape; Infinity without a box. Of a truncated octahedron it is a fifth more than half of its smallest height.
 */
export function halfBox(box: readonly Vector[] | undefined): number {
  if (!box) return Infinity;
  if (!box.every((row) => Math.hypot(...row) > 0)) return Infinity;
  let shortest = Infinity;
  // edges of a box may be less than reduced: beyond twice each there is no shorter vector in those that engines take
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++)
      for (let k = -2; k <= 2; k++) {
        if (i === 0 && j === 0 && k === 0) continue;
        const image = [0, 1, 2].map((x) => i * box[0][x] + j * box[1][x] + k * box[2][x]);
        shortest = Math.min(shortest, Math.hypot(...image));
      }
  return shortest / 2;
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
