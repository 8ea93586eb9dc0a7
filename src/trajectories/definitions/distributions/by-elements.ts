import type { Structure } from '../../structure/index.js';
import type { DefinitionStatement } from '../definition.js';
import { serial } from '../places.js';
import { groupsOf, refusal } from '../statement-groups.js';

/** One group, or a group and its partners, by serials. */
export interface Groups {
  atoms: number[];
  partners?: number[];
}

/** The atoms of a group by element, or by type where the structure tells no element. */
export function parts(
  statement: DefinitionStatement,
  structure: Structure,
  group: Uint32Array,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const atom of group) {
    const word = structure.elements[atom] || structure.types[atom];
    if (word === '')
      throw refusal(
        statement,
        `expected elements or types of atoms but ${structure.path} tells none of atom ${serial(atom)}`,
        'name the groups one by one',
      );
    found.set(word, [...(found.get(word) ?? []), serial(atom)]);
  }
  return found;
}

const listed = (group: Uint32Array): number[] => Array.from(group, serial);

/** Each part with each; within one group, a part with itself where it has two atoms. */
function pairsOfParts(
  first: Map<string, number[]>,
  second: Map<string, number[]> | undefined,
  ordered: boolean,
): Groups[] {
  const names = [...first.keys()];
  return names.flatMap((a, i) =>
    [...(second ?? first).keys()].flatMap((b): Groups[] => {
      const [atoms, partners] = [first.get(a)!, (second ?? first).get(b)!];
      if (second) return [{ atoms, partners }];
      if (a === b) return atoms.length > 1 ? [{ atoms }] : [];
      return ordered || names.indexOf(b) > i ? [{ atoms, partners }] : [];
    }),
  );
}

/**
 * The groups that a statement names, one or two; with `by elements`, every pair of elements in them.
 * @param ordered whether X by Y is another number than Y by X
 * @throws LatentcvError `bad-argument` for groups without a pair of atoms
 */
export function statementGroups(
  statement: DefinitionStatement,
  structure: Structure,
  ordered: boolean,
): Groups[] {
  const [first, second] = groupsOf(statement, structure, 1, 2);
  const all = statement.byElements
    ? pairsOfParts(parts(statement, structure, first), second && parts(statement, structure, second), ordered)
    : [{ atoms: listed(first), ...(second && { partners: listed(second) }) }];
  const good = all.filter(({ atoms, partners = atoms }) => new Set([...atoms, ...partners]).size > 1);
  if (good.length === 0 || (!statement.byElements && good.length < all.length))
    throw refusal(statement, 'expected a pair of atoms');
  return good;
}
