import type { AlignmentReference } from '../../descriptors/index.js';
import {
  atomNames,
  baseName,
  moleculesOf,
  readStructure,
  wholeMolecules,
  type FramePositions,
  type Structure,
} from '../structure/index.js';
import { findAtoms, type FoundAtoms } from './find-atoms.js';
import { serial } from './places.js';

/**
 * Where the atoms of a group are in a structure file, nm.
 * @param purpose what places are needed for, in messages
 * @throws LatentcvError `bad-argument` for an atom that the file has not
 */
export async function templateOf(
  path: string,
  group: Uint32Array,
  structure: Structure,
  purpose = 'alignment',
): Promise<{ reference: AlignmentReference; notes: readonly string[] }> {
  const template = path === structure.path ? structure : await readStructure(path);
  const found = inTemplate(group, structure, template);
  const { positions: where } = wholeTemplate(template, found.atoms, purpose);
  const positions = found.atoms.map(
    (place) => [0, 1, 2].map((axis) => where[3 * place + axis]) as [number, number, number],
  );
  const atoms = Array.from(group, serial);
  return {
    reference: { atoms, weights: atoms.map(() => 1), positions },
    notes: [...(template === structure ? [] : template.notes), ...found.notes],
  };
}

/** The molecules of these atoms whole, where bonds are known: a frame has to be as its atoms are, not cut by the box. */
function wholeTemplate(template: Structure, atoms: readonly number[], purpose: string): FramePositions {
  const places = template.places(purpose);
  const { of } = template.residues;
  const residues = new Set(atoms.map((atom) => of[atom]));
  const bonded = template.indices((atom) => residues.has(of[atom]));
  return places.box && moleculesOf(template, bonded).some(({ length }) => length > 1)
    ? wholeMolecules(template, places, bonded)
    : places;
}

/** A group's atoms in another structure: under the same numbers where all are called alike, else by their names. */
function inTemplate(group: Uint32Array, structure: Structure, template: Structure): FoundAtoms {
  const alike = (atom: number): boolean => baseName(structure, atom) === baseName(template, atom);
  if (template.size === structure.size && group.every(alike)) return { atoms: Array.from(group), notes: [] };
  return findAtoms(atomNames(structure, Array.from(group, serial)), template);
}
