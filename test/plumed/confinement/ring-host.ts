import { Random } from '../../../src/support/index.js';
import type { Vector } from '../../../src/plumed/index.js';

/** Two rings of eight atoms about an axis along z, 0.5 nm apart, the upper one wider; a guest of two atoms is left to the tests. */
export const ring: readonly Vector[] = [-0.25, 0.25].flatMap((z) =>
  Array.from({ length: 8 }, (_, k): Vector => {
    const angle = (2 * Math.PI * (k + (z > 0 ? 0.5 : 0))) / 8;
    const radius = z > 0 ? 0.5 : 0.42;
    return [radius * Math.cos(angle), radius * Math.sin(angle), z];
  }),
);

/** A flat host: the lower ring. */
export const flatRing: readonly Vector[] = ring.slice(0, 8);

/** A random rotation and a translation; each place then at a random image of the box. */
export function placed(places: readonly Vector[], box: readonly Vector[], random: Random): Vector[] {
  const q = [0, 1, 2, 3].map(() => random.normal());
  const length = Math.hypot(...q);
  const [w, x, y, z] = q.map((each) => each / length);
  const rows = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
  const shift = combined(
    box,
    [0, 1, 2].map(() => random.uniform()),
  );
  return places.map((place) => {
    const moved = rows.map((row, k) => row[0] * place[0] + row[1] * place[1] + row[2] * place[2] + shift[k]);
    // into the box, whose edges are a lower triangle, from the last edge on
    for (const edge of [2, 1, 0]) {
      const turns = Math.floor(moved[edge] / box[edge][edge]);
      for (let k = 0; k < 3; k++) moved[k] -= turns * box[edge][k];
    }
    return moved as unknown as Vector;
  });
}

/** The sum of so much of each edge of a box. */
const combined = (box: readonly Vector[], parts: readonly number[]): number[] =>
  [0, 1, 2].map((k) => parts.reduce((sum, part, edge) => sum + part * box[edge][k], 0));

/** A cube of an edge, nm. */
export const cube = (edge: number): readonly Vector[] => [
  [edge, 0, 0],
  [0, edge, 0],
  [0, 0, edge],
];
