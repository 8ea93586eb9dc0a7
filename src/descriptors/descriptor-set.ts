import { invalidArgument, expectList, expectObject, expectText, expectWhole } from '../support/index.js';
import { referenceProblem, type AlignmentReference } from './alignment-reference.js';
import {
  mapAtoms,
  pairsOf,
  type AlignedPositionDescriptor,
  type Descriptor,
  type SortedDistanceDescriptor,
} from './descriptor.js';
import { formatDescriptor } from './descriptor-lines.js';
import { descriptorProblem } from './kinds.js';

/**
 * What a model is evaluated from: atoms, and one descriptor per model input. Lengths are in nm, angles in rad.
 */
export interface DescriptorSet {
  /** PLUMED serials (from 1), each once: what `ATOMS=` gives, in this order. */
  atoms: number[];
  /** In the order of the model's inputs; atoms count from 0 in `atoms`. */
  items: Descriptor[];
  /** Minimum image in periodic boxes, or coordinates as they are (`NOPBC`). */
  pbc: boolean;
  lengthUnit: 'nm';
  /** Structures that `aligned-x`, … name by number, where there are any. */
  references?: AlignmentReference[];
  /** What each atom is called in the system it was learned from, `ALA 2 CA`: residue, its number, name; `-` for none. */
  names?: string[];
}

export interface DescriptorOptions {
  /** Minimum image in periodic boxes; true where left out, as in PLUMED. */
  pbc?: boolean;
  /** Structures that `aligned-x`, … name by number, their atoms by serials. */
  references?: readonly AlignmentReference[];
}

function checkSerial(serial: number): void {
  if (!Number.isInteger(serial) || serial < 1)
    throw invalidArgument('an atom serial from 1', 'atoms', serial);
}

/** What an aligned position should have named, over these references; undefined where all is well. */
export function alignmentProblem(
  descriptor: Descriptor,
  references: readonly AlignmentReference[],
): string | undefined {
  if (!('reference' in descriptor)) return undefined;
  const { atoms, reference } = descriptor;
  if (!Object.hasOwn(references, reference)) return `a reference from 0 to ${references.length} (exclusive)`;
  return references[reference].atoms.includes(atoms[0]) ? undefined : `an atom of reference ${reference}`;
}

/**
 * Gathers descriptors given by serials into a set; atoms stand in the order of their first use.
 * @throws LatentcvError `bad-argument` for a serial below 1, for an atom that a descriptor names twice, and for
 *   numbers (powers, ranks, radii, references) that make no descriptor
 */
export function descriptorSet(
  descriptors: readonly Descriptor[],
  options: DescriptorOptions = {},
): DescriptorSet {
  expectList(descriptors, 'descriptors');
  for (const descriptor of descriptors) expectDescriptor(descriptor);
  expectObject(options, 'options');
  const indices = new Map<number, number>();
  const index = (serial: number): number => {
    checkSerial(serial);
    if (!indices.has(serial)) indices.set(serial, indices.size);
    return indices.get(serial)!;
  };
  const given = options.references ?? [];
  given.forEach((reference, number) => {
    const problem = referenceProblem(reference);
    if (problem !== undefined) throw invalidArgument(problem, 'references', `reference ${number}`);
  });
  const items = descriptors.map((descriptor) => {
    const problem = descriptorProblem(descriptor) ?? alignmentProblem(descriptor, given);
    if (problem !== undefined) throw invalidArgument(problem, descriptor.kind, formatDescriptor(descriptor));
    return mapAtoms(descriptor, index);
  });
  const references = given.map((reference) => ({ ...reference, atoms: reference.atoms.map(index) }));
  return {
    atoms: [...indices.keys()],
    items,
    pbc: options.pbc ?? true,
    lengthUnit: 'nm',
    references: references.length > 0 ? references : undefined,
  };
}

/** The set's descriptors by PLUMED serials: `descriptorSet`'s inverse. */
export function descriptorsBySerial({ atoms, items }: DescriptorSet): Descriptor[] {
  return items.map((item) => mapAtoms(item, (index) => atoms[index]));
}

/** The set's references with their atoms by PLUMED serials. */
export function referencesBySerial({ atoms, references = [] }: DescriptorSet): AlignmentReference[] {
  return references.map((reference) => ({
    ...reference,
    atoms: reference.atoms.map((index) => atoms[index]),
  }));
}

/** The set's descriptors at these places; atoms and references that no other needs are gone. */
export function selectDescriptors(set: DescriptorSet, places: readonly number[]): DescriptorSet {
  const all = descriptorsBySerial(set);
  const chosen = places.map((place) => all[place]);
  const numbers = [...new Set(chosen.flatMap((item) => ('reference' in item ? [item.reference] : [])))];
  const given = referencesBySerial(set);
  const left = descriptorSet(
    chosen.map((item) =>
      'reference' in item ? { ...item, reference: numbers.indexOf(item.reference) } : item,
    ),
    { pbc: set.pbc, references: numbers.map((number) => given[number]) },
  );
  const nameOf = new Map(set.atoms.map((serial, i) => [serial, set.names?.[i]]));
  return set.names ? { ...left, names: left.atoms.map((serial) => nameOf.get(serial)!) } : left;
}

/**
 * x, y and z of each of these atoms after alignment to the set's reference of this number.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function alignedPositions(atoms: readonly number[], reference = 0): AlignedPositionDescriptor[] {
  expectSerials(atoms);
  expectWhole(reference, 'reference', 0);
  const axes = ['aligned-x', 'aligned-y', 'aligned-z'] as const;
  return atoms.flatMap((atom) => axes.map((kind) => ({ kind, atoms: [atom], reference })));
}

const axes = ['x', 'y', 'z'] as const;

/**
 * x, y and z of each of these atoms (serials from 1), and the nine components of the box where that is wanted.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function positionsOf(serials: readonly number[], { box = false } = {}): DescriptorSet {
  expectSerials(serials);
  const positions = serials.flatMap((atom) =>
    axes.map((axis): Descriptor => ({ kind: `position-${axis}`, atoms: [atom] })),
  );
  const vectors = (['a', 'b', 'c'] as const).flatMap((vector) =>
    axes.map((axis): Descriptor => ({ kind: `box-${vector}${axis}`, atoms: [] })),
  );
  return descriptorSet([...positions, ...(box ? vectors : [])]);
}

/**
 * All n(n−1)/2 distances between n atoms given by serial (from 1): 1–2, 1–3, …, 2–3, …
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function distancesBetween(serials: readonly number[], options: DescriptorOptions = {}): DescriptorSet {
  expectSerials(serials);
  const repeated = serials.find((serial, i) => serials.indexOf(serial) !== i);
  if (repeated !== undefined) throw invalidArgument('each atom once', 'serials', repeated);
  if (serials.length < 2) throw invalidArgument('at least two atoms', 'serials', serials.join(', '));
  const pairs = serials.flatMap((a, i) =>
    serials.slice(i + 1).map((b): Descriptor => ({ kind: 'distance', atoms: [a, b] })),
  );
  return descriptorSet(pairs, options);
}

/**
 * All distances within a group, or between two, from the smallest to the largest: the same whatever the order in
 * which a group's atoms are numbered.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function sortedDistances(atoms: number[], partners?: number[]): SortedDistanceDescriptor[] {
  expectSerials(atoms);
  if (partners) expectSerials(partners, 'partners');
  const first: SortedDistanceDescriptor = {
    kind: 'sorted-distance',
    atoms,
    ...(partners && { partners }),
    rank: 0,
  };
  return pairsOf(first).map((_, rank) => ({ ...first, rank }));
}

function expectDescriptor(descriptor: Descriptor): void {
  expectObject(descriptor, 'descriptors', 'descriptors with kind and atoms');
  expectText(descriptor.kind, 'kind');
  expectList(descriptor.atoms, `atoms of ${descriptor.kind}`);
}

function expectSerials(serials: readonly number[], name = 'atoms'): void {
  expectList(serials, name);
  serials.forEach(checkSerial);
}
