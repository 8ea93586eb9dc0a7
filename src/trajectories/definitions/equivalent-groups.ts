import type { Structure } from '../structure/index.js';
import { unquoted, wordsOf, type DefinitionStatement } from './definition.js';
import { serial } from './places.js';
import { groupOf, groupOfWord, refusal } from './statement-groups.js';

/**
 * @throws LatentcvError `bad-argument` for groups that are not alike, atom by atom in their order
 */
export function expectAlike(
  statement: DefinitionStatement,
  { elements }: Structure,
  groups: readonly ArrayLike<number>[],
): void {
  const first = Array.from(groups[0]);
  groups.forEach((group, n) => {
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
}

/** More ways to exchange atoms than any pose has whose symmetry matters: all orders of five groups. */
const mostExchanges = 120;

/** Atoms in the order of the structure, or of several selections: `((name C2) (name C3))`. */
function inOrder(statement: DefinitionStatement, structure: Structure, word: string): number[] {
  const parts = word.startsWith('(') ? wordsOf(unquoted(word)) : [];
  const several = parts.length > 1 && parts.every((part) => part.startsWith('('));
  if (!several) return Array.from(groupOfWord(statement, structure, 'what is exchanged', word));
  return parts.flatMap((part) => Array.from(groupOf(unquoted(part), structure)));
}

/** All orders of 0, 1, …, as they are first. */
function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => order.toSpliced(count - 1 - at, 0, count - 1)),
  );
}

const turns = (count: number): number[][] =>
  Array.from({ length: count }, (_, by) => Array.from({ length: count }, (__, i) => (i + by) % count));

/** Where each atom goes; those that are not in it stay. */
export type Exchange = ReadonlyMap<number, number>;

function exchangesOfGroups(
  statement: DefinitionStatement,
  structure: Structure,
  { how, groups: words }: NonNullable<DefinitionStatement['exchanged']>[number],
): Exchange[] {
  const groups = words.map((word) => inOrder(statement, structure, word));
  if (groups.length < 2)
    throw refusal(
      statement,
      `expected two groups or more after ${how} but received ${groups.length}`,
      `such as: ${how} (name O1) (name O2)`,
    );
  expectAlike(statement, structure, groups);
  const all = groups.flat();
  if (new Set(all).size < all.length) throw refusal(statement, 'expected groups without atoms in common');
  if (how === 'permuted' && groups.length > 5)
    throw refusal(
      statement,
      `expected at most ${mostExchanges} ways to exchange atoms but ${groups.length} groups have more orders`,
      'cyclic turns them around, one after the other',
    );
  const ways = how === 'permuted' ? orders(groups.length) : turns(groups.length);
  return ways.map(
    (way) =>
      new Map(groups.flatMap((group, k) => group.map((atom, i) => [atom, groups[way[k]][i]] as const))),
  );
}

/**
 * Every way to exchange the atoms that a statement calls equivalent, that which leaves all in place among them: each way of
 * one `permuted` or `cyclic` with each of the others.
 * @throws LatentcvError `bad-argument` for groups that are not alike, and for too many ways
 */
export function exchangesOf(statement: DefinitionStatement, structure: Structure): Exchange[] {
  let found: Exchange[] = [new Map<number, number>()];
  for (const clause of statement.exchanged ?? []) {
    const ways = exchangesOfGroups(statement, structure, clause);
    const after = found.flatMap((first) =>
      ways.map((then) => {
        const atoms = [...new Set([...first.keys(), ...then.keys()])].sort((i, j) => i - j);
        const to = (atom: number): number => {
          const between = first.get(atom) ?? atom;
          return then.get(between) ?? between;
        };
        return new Map(atoms.map((atom) => [atom, to(atom)] as const));
      }),
    );
    const keys = after.map((way) => JSON.stringify([...way].filter(([from, to]) => from !== to)));
    found = after.filter((_, i) => keys.indexOf(keys[i]) === i);
    if (found.length > mostExchanges)
      throw refusal(
        statement,
        `expected at most ${mostExchanges} ways to exchange atoms but there are ${found.length}`,
      );
  }
  return found;
}
