import { descriptorProblem, elementNumber, type Descriptor } from '../../../descriptors/index.js';
import type { Structure } from '../../structure/index.js';
import type { DefinitionStatement } from '../definition.js';
import { parts } from '../distributions/index.js';
import { serial } from '../places.js';
import { expectFew, groupsOf, refusal } from '../statement-groups.js';

/** Atoms of an element, or of a group that is not told apart. */
export interface Part {
  /** By serial. */
  atoms: number[];
  /** Undefined where atoms have a type alone. */
  number?: number;
}

/** Centres, and their neighbours: those of one group, or the one before and the other after. */
export interface EnvironmentGroups {
  /** By element where that is asked, else one. */
  centres: Part[];
  /** The same; undefined where they are the centres. */
  neighbours: (Part | undefined)[];
  /** All centres. */
  all: number[];
}

/** The atoms of a group by these elements; those that it lacks have none. */
function byElements(statement: DefinitionStatement, structure: Structure, group: Uint32Array): Part[] {
  const found = parts(statement, structure, group);
  const { elements } = statement.distribution ?? {};
  const other = elements && [...found.keys()].find((element) => !elements.includes(element));
  if (other !== undefined)
    throw refusal(
      statement,
      `expected atoms of ${elements!.join(', ')} but ${structure.path} has ${other}`,
      `name every element that structures may have: elements=${[...elements!, other].join(',')}`,
    );
  const named = elements ?? [...found.keys()];
  const told = named.every((name) => elementNumber(name) !== undefined);
  return named.map((name) => ({
    atoms: found.get(name) ?? [],
    ...(told && { number: elementNumber(name)! }),
  }));
}

/** The groups that a statement names, one or two, told apart by elements where it says so. */
export function environmentGroups(statement: DefinitionStatement, structure: Structure): EnvironmentGroups {
  const groups = groupsOf(statement, structure, 1, 2);
  const [centres, neighbours = centres] = groups;
  const { elements } = statement.distribution ?? {};
  const unknown = elements?.find((name) => elementNumber(name) === undefined);
  if (unknown !== undefined || (elements && new Set(elements).size < elements.length))
    throw refusal(
      statement,
      `expected symbols of different elements such as elements=Sr,Ti,O but received "${unknown ?? elements!.join(',')}"`,
    );
  const told = statement.byElements === true || elements !== undefined;
  const of = (group: Uint32Array): Part[] =>
    told ? byElements(statement, structure, group) : [{ atoms: Array.from(group, serial) }];
  const own = !told && groups.length === 1;
  return {
    centres: of(centres),
    neighbours: own ? [undefined] : of(neighbours),
    all: Array.from(centres, serial),
  };
}

/** The groups of neighbours, and what they are called where elements tell that; `before` are the numbers of what stands before. */
export function neighbourGroups(
  [first, second]: readonly [Part | undefined, Part | undefined],
  before: readonly (number | undefined)[] = [],
): { partners?: number[]; others?: number[]; species?: number[] } {
  const both = first !== second;
  const species = [...before, first?.number, ...(both ? [second?.number] : [])];
  return {
    ...(first && { partners: first.atoms }),
    ...(both && { others: second!.atoms }),
    ...(species.every((number) => number !== undefined) && { species }),
  };
}

/** Each with itself and those behind it. */
export const unorderedPairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(i).map((b): [T, T] => [a, b]));

/** A cutoff must be said, and each number make a descriptor. */
export function cutoffOf(statement: DefinitionStatement): number {
  const { cutoff } = statement;
  if (cutoff === undefined)
    throw refusal(
      statement,
      'expected cutoff=…, in nm,',
      'such as two or three shells of neighbours: cutoff=0.6',
    );
  if (!(cutoff > 0)) throw refusal(statement, 'expected a cutoff above 0');
  return cutoff;
}

/** Those of a statement, whose numbers must make descriptors. */
export function checked(
  statement: DefinitionStatement,
  structure: Structure,
  count: number,
  make: () => Descriptor[],
): Descriptor[] {
  expectFew(statement, structure, count, []);
  const descriptors = make();
  const problem = descriptors.map(descriptorProblem).find((each) => each !== undefined);
  if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
  return descriptors;
}
