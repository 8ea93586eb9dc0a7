import type { AlignmentReference } from '../../descriptors/index.js';
import { atomNames, baseName, readStructure, type Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
import { findAtoms, type FoundAtoms } from './find-atoms.js';
import { groupsOf, refusal } from './statement-groups.js';

const serial = (atom: number): number => atom + 1;

/**
 * The atoms of a `positions GROUP aligned FILE`, and where they are in that file (nm).
 * @throws LatentcvError `bad-argument`
 */
export async function alignment(
  statement: DefinitionStatement,
  structure: Structure,
): Promise<{ atoms: number[]; reference: AlignmentReference; notes: readonly string[] }> {
  if (statement.aligned === undefined)
    throw refusal(statement, 'expected "aligned FILE"', 'a PDB or GRO file');
  const [group] = groupsOf(statement, structure, 1, 1);
  const template = await readStructure(statement.aligned);
  const { positions: where } = template.places('alignment');
  const found = inTemplate(group, structure, template);
  const positions = found.atoms.map(
    (place) => [0, 1, 2].map((axis) => where[3 * place + axis]) as [number, number, number],
  );
  const atoms = Array.from(group, serial);
  return {
    atoms,
    reference: { atoms, weights: atoms.map(() => 1), positions },
    notes: [...template.notes, ...found.notes],
  };
}

/** A group's atoms in another structure: under the same numbers where all are called alike, else by their names. */
export function inTemplate(group: Uint32Array, structure: Structure, template: Structure): FoundAtoms {
  const alike = (atom: number): boolean => baseName(structure, atom) === baseName(template, atom);
  if (template.size === structure.size && group.every(alike)) return { atoms: Array.from(group), notes: [] };
  return findAtoms(atomNames(structure, Array.from(group, serial)), template);
}
