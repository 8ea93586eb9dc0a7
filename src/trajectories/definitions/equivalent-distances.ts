import { sortedDistances, type Descriptor } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
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
  const { elements } = structure;
  equivalent.forEach((group, n) => {
    const different = first.findIndex((atom, i) => elements[atom] !== elements[group[i]]);
    if (group.length === first.length && different < 0) return;
    throw refusal(
      statement,
      group.length === first.length
        ? `expected equivalent groups with the same elements in their order but atoms ${serial(first[different])} and ${serial(group[different])} differ`
        : `expected equivalent groups of as many atoms but the first has ${first.length} and the ${n + 1}. has ${group.length}`,
      'name what is exchanged, such as (resid 1 and heavy) (resid 2 and heavy)',
    );
  });
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
