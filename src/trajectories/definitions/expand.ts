import {
  descriptorKeys,
  descriptorProblem,
  descriptorSet,
  sortedDistances,
  type Descriptor,
  type DescriptorSet,
  type Point,
  type SwitchingFunction,
} from '../../descriptors/index.js';
import { LatentcvError, expectObject } from '../../support/index.js';
import { torsionNames, type Definition, type DefinitionStatement, type TorsionName } from './definition.js';
import { bragg, cell, crystalNotes, expectBox, steinhardt, volume } from './crystals.js';
import {
  coordinationNumbers,
  debye,
  pairEntropy,
  piv,
  rdf,
  similarity,
  wantsEachAtom,
} from './distributions/index.js';
import { acsf, environmentNotes, soap } from './environments/index.js';
import { equivalentDistances } from './equivalent-distances.js';
import { pairsEverNear, type LeastDistances } from './ever-near.js';
import { inFrame } from './frame.js';
import { hydrogenBonds } from './hydrogen-bonds.js';
import { countPairs, pairsBetween } from './pairs.js';
import { centreWords, isPoint, NamedPoints, placesOf, serial, singlePlaces } from './places.js';
import { proteinTorsions } from './protein-torsions.js';
import { ringRule } from './ring-rules.js';
import { isSite, readSite } from './site.js';
import { selectAtoms } from '../selection/index.js';
import { gyration, rmsd } from './shape-rules.js';
import { expectFew, groupsOf, mostDescriptors, refusal, solventNote } from './statement-groups.js';
import { expectStructure, type Structure } from '../structure/index.js';

/** What one statement stands for. */
export interface Expansion {
  statement: string;
  /** By PLUMED serials (from 1). */
  descriptors: Descriptor[];
}

/** A definition, expanded for a structure. */
export interface ExpandedDefinition {
  set: DescriptorSet;
  /** By PLUMED serials: what the expansions name by negative numbers, −1 the first. */
  points: readonly Point[];
  expansions: Expansion[];
  groups: { name: string; selection: string; atoms: number }[];
  /** What a reader might not expect of it. */
  notes: string[];
}

function pairs(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): [number, number][] {
  const { cutoff = Infinity, separation = 0 } = statement;
  const [a, b] = placesOf(statement, structure, points, [1, 2]);
  if ((isPoint(a) || (b && isPoint(b))) && (cutoff < Infinity || separation > 0))
    throw refusal(statement, 'expected neither cutoff nor separation with a centre');
  const near =
    cutoff === Infinity
      ? undefined
      : { places: structure.places(`cutoff in "${statement.text}"`), reach: cutoff };
  if (!near && separation === 0) expectFew(statement, structure, countPairs(a, b), a);
  const { residueIds, chains, segments } = structure;
  const isSeparated = (i: number, j: number): boolean =>
    separation === 0 ||
    chains[i] !== chains[j] ||
    segments[i] !== segments[j] ||
    !(Math.abs(residueIds[i] - residueIds[j]) < separation);
  const found: [number, number][] = [];
  for (const pair of pairsBetween(a, b, near)) {
    if (!isSeparated(...pair)) continue;
    found.push(pair);
    if (found.length > mostDescriptors) expectFew(statement, structure, Infinity, a);
  }
  return found;
}

function switchingOf(statement: DefinitionStatement): SwitchingFunction {
  const { form = 'rational', r0, d0 = 0, nn = 6, mm = 2 * nn, beta, dmax } = statement.switching ?? {};
  if (form === 'cubic') {
    if (dmax === undefined) throw refusal(statement, 'expected dmax=…, in nm,');
    return { form, d0, dmax };
  }
  if (r0 === undefined) throw refusal(statement, 'expected r0=…, in nm,', 'such as r0=0.45');
  const cutoff = dmax === undefined ? {} : { dmax };
  if (form === 'rational') return { form, r0, d0, nn, mm, ...cutoff };
  if (form === 'gaussian') return { form, r0, d0, ...cutoff };
  if (beta === undefined) throw refusal(statement, 'expected beta=…, in 1/nm,');
  return { form, r0, beta, ...cutoff };
}

type Rule = (statement: DefinitionStatement, structure: Structure, points: NamedPoints) => Descriptor[];

const ofPairs =
  (kind: 'distance' | 'inverse-distance'): Rule =>
  (statement, structure, points) =>
    pairs(statement, structure, points).map(([i, j]) => ({ kind, atoms: [serial(i), serial(j)] }));

/** One descriptor of so many atoms or centres, each named. */
const ofPlaces =
  (kind: 'distance' | 'angle' | 'torsion' | 'depth' | 'radius', count: number): Rule =>
  (statement, structure, points) => {
    const atoms = singlePlaces(statement, structure, points, count);
    const problem = descriptorProblem({ kind, atoms } as Descriptor);
    if (problem !== undefined) throw refusal(statement, `expected ${problem}`);
    return [{ kind, atoms } as Descriptor];
  };

function rows(list: Uint32Array, width: number): number[][] {
  return Array.from({ length: list.length / width }, (_, i) => [
    ...list.subarray(i * width, (i + 1) * width),
  ]);
}

/** Angles along bonds with all atoms in the group. */
const angles: Rule = (statement, structure) => {
  const [group] = groupsOf(statement, structure, 1, 1);
  const member = new Set(group);
  return rows(structure.connections(group).angles, 3)
    .filter((atoms) => atoms.every((atom) => member.has(atom)))
    .map((atoms) => ({ kind: 'angle', atoms: atoms.map(serial) as [number, number, number] }));
};

const isTorsionName = (word: string): word is TorsionName =>
  (torsionNames as readonly string[]).includes(word);

/** Named torsions of a protein; φ and ψ of a group of its backbone; of any other group, all torsions along bonds. */
const torsions: Rule = (statement, structure) => {
  const named = statement.words.filter(isTorsionName);
  const all = (names: readonly TorsionName[]): number[][] => proteinTorsions(structure, names);
  const asDescriptors = (list: number[][]): Descriptor[] =>
    list.map((atoms) => ({ kind: 'torsion', atoms: atoms.map(serial) as [number, number, number, number] }));
  if (named.length > 0 && named.length === statement.words.length) return asDescriptors(all(named));
  const [group] = groupsOf(statement, structure, 1, 1);
  const member = new Set(group);
  const inGroup = (atoms: number[]): boolean => atoms.every((atom) => member.has(atom));
  const backbone = new Set(structure.group('backbone'));
  if (group.every((atom) => backbone.has(atom))) return asDescriptors(all(['phi', 'psi']).filter(inGroup));
  return asDescriptors(rows(structure.connections(group).torsions, 4).filter(inGroup));
};

const contacts: Rule = (statement, structure, points) => {
  const switching = switchingOf(statement);
  return pairs(statement, structure, points).map(([i, j]) => ({
    kind: 'contact',
    atoms: [serial(i), serial(j)],
    switching,
  }));
};

const coordination: Rule = (statement, structure, points) => {
  if (wantsEachAtom(statement)) return coordinationNumbers(statement, structure, switchingOf);
  const groups = placesOf(statement, structure, points, [1, 2]);
  if (countPairs(groups[0], groups[1]) === 0) throw refusal(statement, 'expected a pair of atoms or centres');
  const [atoms, partners] = groups.map((group) => Array.from(group, serial));
  return [{ kind: 'coordination', atoms, partners, switching: switchingOf(statement) }];
};

const sorted: Rule = (statement, structure, points) => {
  const groups = placesOf(statement, structure, points, [1, 2]);
  expectFew(statement, structure, countPairs(groups[0], groups[1]), groups[0]);
  const [atoms, partners] = groups.map((group) => Array.from(group, serial));
  return sortedDistances(atoms, partners);
};

const rules: Record<
  Exclude<DefinitionStatement['kind'], 'positions' | 'direction' | 'rmsd' | 'similarity'>,
  Rule
> = {
  distance: ofPlaces('distance', 2),
  angle: ofPlaces('angle', 3),
  torsion: ofPlaces('torsion', 4),
  depth: ofPlaces('depth', 3),
  radius: ofPlaces('radius', 3),
  distances: ofPairs('distance'),
  'inverse-distances': ofPairs('inverse-distance'),
  angles,
  torsions,
  contacts,
  coordination,
  'sorted-distances': sorted,
  gyration,
  // half on at 0.25 nm from hydrogen to acceptor
  'hydrogen-bonds': (statement, structure) =>
    hydrogenBonds(
      statement,
      structure,
      switchingOf({ ...statement, switching: { r0: 0.25, ...statement.switching } }),
    ),
  rings: ringRule('rings'),
  stacking: ringRule('stacking'),
  'equivalent-distances': equivalentDistances,
  bragg,
  steinhardt: (statement, structure) => steinhardt(statement, structure, switchingOf),
  volume,
  cell,
  rdf,
  'pair-entropy': pairEntropy,
  debye,
  piv: (statement, structure) => piv(statement, structure, switchingOf),
  soap,
  acsf,
};

/** Without those that were there before in another order of their atoms. */
function once(descriptors: readonly Descriptor[], seen: Set<string>): Descriptor[] {
  const keys = descriptorKeys(descriptors);
  return descriptors.filter((_, i) => {
    const key = keys[i];
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}

/**
 * What a definition means in a system: groups become atoms, statements descriptors, each once. `leastDistances` looks into
 * frames for pairs that are `ever` near. A model's definition has descriptors of atoms; `boxAlone` takes one without.
 * @throws LatentcvError `bad-argument` where a group is empty or a statement means nothing
 */
export async function expandDefinition(
  definition: Definition,
  structure: Structure,
  options: { pbc?: boolean; leastDistances?: LeastDistances; boxAlone?: boolean } = {},
): Promise<ExpandedDefinition> {
  expectObject(definition, 'definition', 'a definition, as parseDefinition gives it,');
  expectStructure(structure);
  expectObject(options, 'options');
  const notes = new Set<string>();
  const points = new NamedPoints(structure, notes);
  const groups: ExpandedDefinition['groups'] = [];
  for (const [name, selection] of definition.groups)
    groups.push({ name, selection, atoms: await nameGroup([name, selection], structure, points) });
  const seen = new Set<string>();
  const expansions: Expansion[] = [];
  for (const statement of definition.statements) {
    const descriptors = once(await expand(statement, structure, { points, notes, ...options }), seen);
    expectBox(statement, descriptors, options.pbc);
    expansions.push({ statement: statement.text, descriptors });
    for (const note of solventNote(statement, structure)) notes.add(note);
    for (const note of crystalNotes(statement.kind, descriptors)) notes.add(note);
    for (const note of environmentNotes(statement, descriptors)) notes.add(note);
  }
  const all = expansions.flatMap(({ descriptors }) => descriptors);
  if (all.length > mostDescriptors)
    throw new LatentcvError(
      'bad-argument',
      `expected at most ${mostDescriptors} descriptors but the definition means ${all.length}`,
      'choose fewer atoms, or pairs within a cutoff',
    );
  if (!options.boxAlone && all.length > 0 && all.every(({ atoms }) => atoms.length === 0))
    throw new LatentcvError(
      'bad-argument',
      'expected a descriptor of atoms beside those of the box but there is none',
      'such as: volume all, which is the volume by atom',
    );
  const set = descriptorSet(all, { ...options, references: points.references, points: points.points });
  return { set, points: points.points, expansions, groups, notes: [...notes] };
}

/** Gives atoms, a centre or a site a name; returns how many atoms it is made of. */
async function nameGroup(
  [name, text]: [string, string],
  structure: Structure,
  points: NamedPoints,
): Promise<number> {
  if (isSite(text)) {
    const site = await readSite(text, structure);
    points.nameSite(name, site);
    return 'template' in site ? site.template.reference.atoms.length : 3;
  }
  const centre = centreWords(text);
  if (centre) return points.nameCentre(name, centre, `${name} = ${text}`);
  const atoms = selectAtoms(structure, text);
  structure.name(name, atoms);
  return atoms.length;
}

interface ExpansionState {
  points: NamedPoints;
  notes: Set<string>;
  leastDistances?: LeastDistances;
}

async function expand(
  statement: DefinitionStatement,
  structure: Structure,
  { points, notes, leastDistances }: ExpansionState,
): Promise<Descriptor[]> {
  const { kind } = statement;
  if (kind === 'rmsd') return rmsd(statement, structure, points);
  if (kind === 'similarity') return similarity(statement, structure);
  const descriptors =
    kind === 'positions' || kind === 'direction'
      ? await inFrame(statement, structure, points)
      : rules[kind](statement, structure, points);
  if (descriptors.length === 0) throw refusal(statement, `found no ${kind} in ${structure.path}`);
  if (statement.ever !== undefined)
    return pairsEverNear({ ...statement, ever: statement.ever }, descriptors, {
      structure,
      leastDistances,
      notes,
    });
  return descriptors;
}
