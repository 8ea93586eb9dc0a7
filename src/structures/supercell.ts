import { LatentcvError } from '../support/index.js';
import type { AtomicStructure } from './atomic-structure.js';

/** How often a cell stands beside itself along each of its vectors. */
export type Repeats = readonly [number, number, number];

/** More atoms than that take minutes a structure. */
const mostAtoms = 50_000;

export type Vector = [number, number, number];

const rowOf = (cell: Float64Array, i: number): Vector => [cell[3 * i], cell[3 * i + 1], cell[3 * i + 2]];
const cross = ([a, b, c]: Vector, [x, y, z]: Vector): Vector => [b * z - c * y, c * x - a * z, a * y - b * x];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Volume of a cell whose vectors are rows, in its unit cubed. */
export function volumeOf(cell: Float64Array): number {
  return Math.abs(dot(rowOf(cell, 0), cross(rowOf(cell, 1), rowOf(cell, 2))));
}

/** Distances between opposite faces of a cell. */
export function widthsOf(cell: Float64Array): Vector {
  const volume = volumeOf(cell);
  const width = (i: number): number => {
    const face = cross(rowOf(cell, (i + 1) % 3), rowOf(cell, (i + 2) % 3));
    return volume / Math.sqrt(dot(face, face));
  };
  return [width(0), width(1), width(2)];
}

/** What takes a vector to the image of itself whose fractional coordinates are the least: of atoms in one place, the null vector. */
export function nearestImage(cell: Float64Array): (vector: Vector) => Vector {
  const [a, b, c] = [0, 1, 2].map((i) => rowOf(cell, i));
  const volume = dot(a, cross(b, c));
  const faces = [cross(b, c), cross(c, a), cross(a, b)];
  return (vector) => {
    const [i, j, k] = faces.map((face) => Math.round(dot(face, vector) / volume));
    return vector.map((x, axis) => x - i * a[axis] - j * b[axis] - k * c[axis]) as Vector;
  };
}

/**
 * How often a cell has to stand beside itself until it is at least twice as wide as `reach` along each vector, so that of an
 * atom's images at most one is within reach.
 * @param reach nm
 */
export function repeatsFor(cell: Float64Array, reach: number): Repeats {
  // a width that is just enough by roundoff is not
  const times = (width: number): number => Math.max(1, Math.ceil(((2 * reach) / width) * (1 + 1e-9)));
  const [a, b, c] = widthsOf(cell);
  return [times(a), times(b), times(c)];
}

/** The structure in a cell that is so many of its own; the copies of an atom stand together. */
export function supercell(structure: AtomicStructure, repeats: Repeats): AtomicStructure {
  const { cell, elements, positions } = structure;
  const copies = repeats[0] * repeats[1] * repeats[2];
  if (!cell || copies === 1) return structure;
  if (copies * elements.length > mostAtoms)
    throw new LatentcvError(
      'bad-argument',
      `${structure.place}: expected descriptors that reach less far: their cutoff would take ${copies} cells of ${elements.length} atoms`,
      'lengths of descriptors are in nm, of which a crystal’s nearest neighbours are 0.2 to 0.4 apart',
    );
  const shifts: Vector[] = [];
  for (let i = 0; i < repeats[0]; i++)
    for (let j = 0; j < repeats[1]; j++)
      for (let k = 0; k < repeats[2]; k++)
        shifts.push([0, 1, 2].map((x) => i * cell[x] + j * cell[3 + x] + k * cell[6 + x]) as Vector);
  const all = new Float64Array(3 * copies * elements.length);
  elements.forEach((_, atom) =>
    shifts.forEach((shift, copy) => {
      for (let x = 0; x < 3; x++) all[3 * (atom * copies + copy) + x] = positions[3 * atom + x] + shift[x];
    }),
  );
  return {
    ...structure,
    elements: elements.flatMap((element) => new Array<string>(copies).fill(element)),
    positions: all,
    cell: cell.map((x, i) => x * repeats[Math.floor(i / 3)]),
  };
}
