import { LatentcvError } from '../../support/index.js';
import { selectAtoms } from '../selection/index.js';
import { wholeMolecules, type Structure } from '../structure/index.js';

type Vector = readonly [number, number, number];

/** Host or guest. */
export interface PosePart {
  /** Heavy atoms, from 0, and their places, nm. */
  atoms: Uint32Array;
  places: Vector[];
  /** The mean of these. */
  centre: Vector;
  /** From the centre to the farthest of them, nm. */
  extent: number;
}

/** A guest in its host. */
export interface Pose {
  host: PosePart;
  guest: PosePart;
  /** Rows, nm. */
  box: Vector[] | undefined;
  /** `[atoms, 3]`, molecules of host and guest whole. */
  positions: Float64Array;
}

/**
 * Host and guest of a structure, by their heavy atoms: each molecule whole, and the guest in its image nearest to the host.
 * @throws LatentcvError `bad-argument` where a selection has no heavy atom, or both have one in common
 */
export function readPose(structure: Structure, host: string, guest: string): Pose {
  const places = structure.places('a pose');
  const [all, others] = [host, guest].map((text) => selectAtoms(structure, text));
  const both = new Set(all);
  const common = others.find((atom) => both.has(atom));
  if (common !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected host and guest without an atom in common but both have atom ${common + 1}`,
      `host: ${host}; guest: ${guest}`,
    );
  // molecules are whole with all of their atoms, selected or not: those of the residues
  const { of } = structure.residues;
  const residues = new Set([...all, ...others].map((atom) => of[atom]));
  const bonded = structure.indices((atom) => residues.has(of[atom]));
  const { positions } = wholeMolecules(structure, places, bonded);
  const part = (atoms: Uint32Array, what: string): PosePart =>
    partOf(heavyOf(structure, atoms, what), positions);
  const [hostPart, guestPart] = [part(all, 'host'), part(others, 'guest')];
  const { box } = places;
  const rows = box && [0, 3, 6].map((at): Vector => [box[at], box[at + 1], box[at + 2]]);
  return { host: hostPart, guest: guestPart, box: rows, positions };
}

function heavyOf(structure: Structure, atoms: Uint32Array, what: string): Uint32Array {
  const heavy = atoms.filter((atom) => structure.isHeavy(atom));
  if (heavy.length > 0) return heavy;
  throw new LatentcvError('bad-argument', `expected heavy atoms in the ${what} but it has none`);
}

function partOf(atoms: Uint32Array, positions: Float64Array): PosePart {
  const places = Array.from(atoms, (atom): Vector => [
    positions[3 * atom],
    positions[3 * atom + 1],
    positions[3 * atom + 2],
  ]);
  const centre = [0, 1, 2].map(
    (k) => places.reduce((sum, x) => sum + x[k], 0) / places.length,
  ) as unknown as Vector;
  const extent = Math.max(...places.map((x) => Math.hypot(...x.map((value, k) => value - centre[k]))));
  return { atoms, places, centre, extent };
}
