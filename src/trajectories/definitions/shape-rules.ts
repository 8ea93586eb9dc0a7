import type { AlignmentReference, Descriptor } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import { templateOf } from './alignment.js';
import type { DefinitionStatement } from './definition.js';
import { serial } from './places.js';
import { groupOfWord, groupsOf, refusal } from './statement-groups.js';

/**
 * Masses of atoms, which must be known.
 * @throws LatentcvError `bad-argument`
 */
function massesOf(statement: DefinitionStatement, structure: Structure, atoms: Uint32Array): number[] {
  return Array.from(atoms, (atom) => {
    const mass = structure.masses[atom];
    if (mass > 0) return mass;
    throw refusal(
      statement,
      `expected masses for ‘by mass’ but neither ${structure.path} nor an element tells that of atom ${serial(atom)}`,
    );
  });
}

/** The radius of gyration of a group, `by mass` or with all atoms alike. */
export function gyration(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const [group] = groupsOf(statement, structure, 1, 1);
  const weights = statement.byMass && massesOf(statement, structure, group);
  return [{ kind: 'gyration', atoms: Array.from(group, serial), ...(weights && { weights }) }];
}

/**
 * The atoms that an `rmsd GROUP aligned FILE` compares, and the pose in that file (nm): of the group alone, or, with `on HOST`,
 * of a host that is aligned and of the group beside it. Each is called in the file as in the structure.
 * @throws LatentcvError `bad-argument`
 */
export async function pose(
  statement: DefinitionStatement,
  structure: Structure,
): Promise<{ atoms: number[]; reference: AlignmentReference; notes: readonly string[] }> {
  if (statement.aligned === undefined)
    throw refusal(statement, 'expected "aligned FILE"', 'a PDB or GRO file that has the pose');
  const [group] = groupsOf(statement, structure, 1, 1);
  const host = statement.on === undefined ? group : groupOfWord(statement, structure, 'on', statement.on);
  const inHost = new Set(host);
  const all = Uint32Array.from([...host, ...group.filter((atom) => !inHost.has(atom))]);
  const { reference, notes } = await templateOf(statement.aligned, all, structure, 'a pose');
  const weights = Array.from(all, (atom) => (inHost.has(atom) ? 1 : 0));
  return { atoms: Array.from(group, serial), reference: { ...reference, weights }, notes };
}
