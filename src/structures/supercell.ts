import type { AtomicStructure } from './atomic-structure.js';

/** How often a cell stands beside itself along each of its vectors. */
export type Repeats = readonly [number, number, number];

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

/** The structure in a cell that is so many of its own; the copies of an atom stand together. */
export function supercell(structure: AtomicStructure, repeats: Repeats): AtomicStructure {
  const { cell, elements, positions } = structure;
  const copies = repeats[0] * repeats[1] * repeats[2];
  if (!cell || copies === 1) return structure;
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
