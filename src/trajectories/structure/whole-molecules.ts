import { Bonded } from './bonds.js';
import type { FramePositions } from './format-gro.js';
import { axes, Lattice, type Triple } from './lattice.js';
import type { Structure } from './structure.js';

/**
 * The frame with molecules whole: atoms that bonds join lie beside one another, not across the box, and each molecule's
 * centre at its image nearest to that of the largest. A frame without a box stays as it is.
 * @param atoms whose bonds count, and which are moved; bonds are the file's, or by distance in the structure
 */
export function wholeMolecules(
  structure: Structure,
  { positions, box }: FramePositions,
  atoms: Uint32Array,
): FramePositions {
  if (!box) return { positions, box };
  const whole = positions.slice();
  const lattice = new Lattice({ positions, box });
  const molecules = moleculesOf(structure, atoms);
  for (const molecule of molecules)
    for (const { atom, from } of molecule) if (from >= 0) placeBeside(whole, from, atom, lattice);
  const largest = molecules.reduce((a, b) => (b.length > a.length ? b : a));
  const centre = centreOf(whole, largest);
  for (const molecule of molecules) {
    const own = centreOf(whole, molecule);
    const shift = shortest(axes.map((axis) => own[axis] - centre[axis]) as Triple, lattice);
    for (const { atom } of molecule)
      for (const axis of axes) whole[3 * atom + axis] += centre[axis] + shift[axis] - own[axis];
  }
  return { positions: whole, box };
}

/** An atom of a molecule, and the one of it that it is bonded to and that comes before it; −1 for the first. */
export interface Link {
  atom: number;
  from: number;
}

/** Atoms that bonds join, each molecule from its first atom on. */
export function moleculesOf(structure: Structure, atoms: Uint32Array): Link[][] {
  const bonded = new Bonded(structure.connections(atoms).bonds, structure.size);
  const left = new Set(atoms);
  const molecules: Link[][] = [];
  for (const first of atoms) {
    if (!left.delete(first)) continue;
    const molecule: Link[] = [{ atom: first, from: -1 }];
    for (const { atom } of molecule)
      for (const other of bonded.to(atom)) if (left.delete(other)) molecule.push({ atom: other, from: atom });
    molecules.push(molecule);
  }
  return molecules;
}

function placeBeside(positions: Float64Array, from: number, atom: number, lattice: Lattice): void {
  const away = axes.map((axis) => positions[3 * atom + axis] - positions[3 * from + axis]) as Triple;
  const image = shortest(away, lattice);
  for (const axis of axes) positions[3 * atom + axis] = positions[3 * from + axis] + image[axis];
}

/** The shortest image of a difference. */
function shortest(difference: Triple, { rows, reciprocal, periodic }: Lattice): Triple {
  const wrapped: Triple = [...difference];
  for (const k of [2, 1, 0]) {
    if (!periodic[k]) continue;
    const times = Math.round(
      axes.reduce<number>((sum, axis) => sum + wrapped[axis] * reciprocal[k][axis], 0),
    );
    for (const axis of axes) wrapped[axis] -= times * rows[k][axis];
  }
  // of a skewed box a neighbouring image may be nearer
  const steps = periodic.map((around) => (around ? [-1, 0, 1] : [0]));
  let [best, least] = [wrapped, Infinity];
  for (const i of steps[0])
    for (const j of steps[1])
      for (const k of steps[2]) {
        const image = axes.map(
          (axis) => wrapped[axis] + i * rows[0][axis] + j * rows[1][axis] + k * rows[2][axis],
        ) as Triple;
        const squared = axes.reduce<number>((sum, axis) => sum + image[axis] ** 2, 0);
        // the first of those that are as near: the one that is there
        if (squared < least * (1 - 1e-12)) [best, least] = [image, squared];
      }
  return best;
}

function centreOf(positions: Float64Array, molecule: readonly Link[]): Triple {
  return axes.map(
    (axis) => molecule.reduce((sum, { atom }) => sum + positions[3 * atom + axis], 0) / molecule.length,
  ) as Triple;
}
