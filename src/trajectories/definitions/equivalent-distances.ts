import { sortedDistances, type Descriptor } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
import { expectAlike } from './equivalent-groups.js';
import { serial } from './places.js';
import { expectFew, groupsOf, refusal } from './statement-groups.js';

/** More equivalent groups than any host has arms. */
const mostGroups = 64;

/**
 * Distances from each atom of the first group to the atoms that stand at one place in each of the others, from the smallest to
 * the largest: the same whichever of the equivalent groups (arms of a host, atoms of a guest) is which.
 * @throws LatentcvError `bad-argument` for groups that are not alike, atom by atom in the order of the structure, or that share atoms
 */
export function equivalentDistances(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const [from, ...equivalent] = groupsOf(statement, structure, 3, mostGroups);
  const [first] = equivalent;
  expectAlike(statement, structure, equivalent);
  const all = [...from, ...equivalent.flatMap((group) => [...group])];
  if (new Set(all).size < all.length) throw refusal(statement, 'expected groups without atoms in common');
  expectFew(statement, structure, from.length * first.length * equivalent.length, from);
  return Array.from(from).flatMap((atom) =>
    Array.from(first).flatMap((_, place) =>
      sortedDistances(
        [serial(atom)],
        equivalent.map((group) => serial(group[place])),
      ),
    ),
  );
}
