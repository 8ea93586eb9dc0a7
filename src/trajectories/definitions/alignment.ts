import type { AlignmentReference } from '../../descriptors/index.js';
import { atomNames, baseName, readStructure, type Structure } from '../structure/index.js';
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
  const template = await readStructure(path);
  const { positions: where } = template.places(purpose);
  const found = inTemplate(group, structure, template);
  const positions = found.atoms.map(
    (place) => [0, 1, 2].map((axis) => where[3 * place + axis]) as [number, number, number],
  );
  const atoms = Array.from(group, serial);
  return {
    reference: { atoms, weights: atoms.map(() => 1), positions },
    notes: [...template.notes, ...found.notes],
  };
}

/** A group's atoms in another structure: under the same numbers where all are called alike, else by their names. */
function inTemplate(group: Uint32Array, structure: Structure, template: Structure): FoundAtoms {
  const alike = (atom: number): boolean => baseName(structure, atom) === baseName(template, atom);
  if (template.size === structure.size && group.every(alike)) return { atoms: Array.from(group), notes: [] };
  return findAtoms(atomNames(structure, Array.from(group, serial)), template);
}
