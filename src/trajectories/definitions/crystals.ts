import {
  degreeProblem,
  planeFamily,
  planesProblem,
  type CellDescriptor,
  type Descriptor,
  type Plane,
  type SwitchingFunction,
} from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import { atomStatistics } from './atom-statistics.js';
import type { DefinitionStatement } from './definition.js';
import { serial } from './places.js';
import { groupsOf, refusal } from './statement-groups.js';

function groupOf(statement: DefinitionStatement, structure: Structure): number[] {
  const [group] = groupsOf(statement, structure, 1, 1);
  return Array.from(group, serial);
}

/** `444`, `-4-44`, or numbers of any size between colons: `10:0:-2`. */
function planeOf(text: string): Plane | undefined {
  const [, ...indices] = /^(-?\d)(-?\d)(-?\d)$/.exec(text) ?? /^(-?\d+):(-?\d+):(-?\d+)$/.exec(text) ?? [];
  return indices.length === 3 ? (indices.map(Number) as Plane) : undefined;
}

/** The planes of `444`, or all that a cubic crystal has of one kind, `{111}`. */
function planesOf(statement: DefinitionStatement, text: string): Plane[] {
  const family = /^\{(.*)\}$/.exec(text)?.[1];
  const plane = planeOf(family ?? text);
  const problem = planesProblem(plane ? [plane] : []);
  if (!plane || problem !== undefined)
    throw refusal(
      statement,
      `expected planes such as 444, -444, 10:0:0 or {111} after hkl= but received "${text}"`,
      problem && `expected ${problem}`,
    );
  return family === undefined ? [plane] : planeFamily(plane);
}

/** A Bragg peak for each plane, or one of all planes of a kind. */
export function bragg(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  if (!statement.planes)
    throw refusal(
      statement,
      'expected hkl=…, such as hkl=444,800,{111},',
      'indices count in the simulation box: of 3 × 3 × 3 cubic cells, the crystal’s 111 is 333',
    );
  const atoms = groupOf(statement, structure);
  return statement.planes.map((text) => ({ kind: 'bragg', atoms, planes: planesOf(statement, text) }));
}

/** From which part of the cutoff on a neighbour weighs less, where nothing is said. */
const plainPart = 0.8;

/** A neighbour weighs 1 up to d0, and nothing at the cutoff; or as a switching function with dmax says. */
function neighbourWeight(
  statement: DefinitionStatement,
  switchingOf: (statement: DefinitionStatement) => SwitchingFunction,
): SwitchingFunction {
  const { cutoff, switching = {} } = statement;
  const { form, d0, dmax = cutoff } = switching;
  if (dmax === undefined)
    throw refusal(
      statement,
      'expected cutoff=…, in nm,',
      'between the first shell of neighbours and the second, or the second and the third',
    );
  if (form !== undefined || switching.r0 !== undefined)
    return switchingOf({ ...statement, switching: { ...switching, dmax } });
  const shorter = d0 ?? Number((plainPart * dmax).toPrecision(12));
  if (!(shorter < dmax)) throw refusal(statement, 'expected d0 below the cutoff');
  return { form: 'cubic', d0: shorter, dmax };
}

/** Statistics of the bond order parameters of each degree, by degree. */
export function steinhardt(
  statement: DefinitionStatement,
  structure: Structure,
  switchingOf: (statement: DefinitionStatement) => SwitchingFunction,
): Descriptor[] {
  const { degrees, averaged } = statement;
  if (!degrees) throw refusal(statement, 'expected l=…, such as l=6 or l=4,6,');
  const problem = degrees.map(degreeProblem).find((each) => each !== undefined);
  if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
  const atoms = groupOf(statement, structure);
  const switching = neighbourWeight(statement, switchingOf);
  const statistics = atomStatistics(statement);
  const kind = averaged ? 'averaged-steinhardt' : 'steinhardt';
  return degrees.flatMap((degree) =>
    statistics.map((statistic): Descriptor => ({ kind, atoms, switching, degree, statistic })),
  );
}

/** The volume of the box, or by atom of a group. */
export function volume(statement: DefinitionStatement, structure: Structure): Descriptor[] {
  const atoms = statement.words.length === 0 ? [] : groupOf(statement, structure);
  return [{ kind: 'volume', atoms }];
}

const cellParts = ['a', 'b', 'c', 'alpha', 'beta', 'gamma'];

/** Edges and angles of the box, or those that are named. */
export function cell(statement: DefinitionStatement): Descriptor[] {
  const { words } = statement;
  const unknown = words.find((word) => !cellParts.includes(word));
  if (unknown !== undefined)
    throw refusal(statement, `expected ${cellParts.join(', ')} but received "${unknown}"`);
  return (words.length === 0 ? cellParts : words).map((part) => ({
    kind: `cell-${part}` as CellDescriptor['kind'],
    atoms: [],
  }));
}

/**
 * @throws LatentcvError `bad-argument` where a descriptor is of the box and there is none
 */
export function expectBox(
  statement: DefinitionStatement,
  descriptors: readonly Descriptor[],
  pbc?: boolean,
): void {
  const ofBox = (descriptor: Descriptor): boolean =>
    /^(volume|bragg|cell-|rdf|pair-entropy)/.test(descriptor.kind) ||
    (descriptor.kind === 'piv' && descriptor.volume !== undefined);
  if (pbc === false && descriptors.some(ofBox))
    throw refusal(
      statement,
      `expected periodic boundary conditions, as ${statement.kind} is of the box, but they are left out`,
    );
}

/** What is told of such a statement. */
export function crystalNotes(
  kind: DefinitionStatement['kind'],
  descriptors: readonly Descriptor[],
): string[] {
  if (kind === 'bragg')
    return ['bragg: hkl counts in the simulation box: of 3 × 3 × 3 cubic cells, the crystal’s 111 is 333'];
  const [first] = descriptors;
  if (first?.kind !== 'steinhardt' && first?.kind !== 'averaged-steinhardt') return [];
  const { switching } = first;
  return switching.form === 'cubic'
    ? [
        `steinhardt: neighbours weigh 1 up to ${switching.d0} nm, and less and less up to ${switching.dmax} nm`,
      ]
    : [];
}
