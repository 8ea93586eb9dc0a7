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
export function placed(places: readonly Vector[], edge: number, random: Random): Vector[] {
  const q = [0, 1, 2, 3].map(() => random.normal());
  const length = Math.hypot(...q);
  const [w, x, y, z] = q.map((each) => each / length);
  const rows = [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
  const shift = [0, 1, 2].map(() => random.uniform() * edge);
  return places.map(
    (place) =>
      rows.map((row, k) => {
        const moved = row[0] * place[0] + row[1] * place[1] + row[2] * place[2] + shift[k];
        return moved - edge * Math.floor(moved / edge);
      }) as unknown as Vector,
  );
}
