import { invalidArgument } from '../support/errors.js';
import { mapAtoms, pairsOf, type Descriptor, type SortedDistanceDescriptor } from './descriptor.js';
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
}

export interface DescriptorOptions {
  /** Minimum image in periodic boxes; true where left out, as in PLUMED. */
  pbc?: boolean;
}

function checkSerial(serial: number): void {
  if (!Number.isInteger(serial) || serial < 1)
    throw invalidArgument('an atom serial from 1', 'atoms', serial);
}

/**
 * Gathers descriptors given by serials into a set; atoms stand in the order of their first use.
 * Throws `bad-argument` for a serial below 1, for an atom that a descriptor names twice, and for numbers (powers,
 * ranks, radii) that make no descriptor.
 */
export function descriptorSet(
  descriptors: readonly Descriptor[],
  options: DescriptorOptions = {},
): DescriptorSet {
  const indices = new Map<number, number>();
  const index = (serial: number): number => {
    checkSerial(serial);
    if (!indices.has(serial)) indices.set(serial, indices.size);
    return indices.get(serial)!;
  };
  const items = descriptors.map((descriptor) => {
    const problem = descriptorProblem(descriptor);
    if (problem !== undefined) throw invalidArgument(problem, descriptor.kind, formatDescriptor(descriptor));
    return mapAtoms(descriptor, index);
  });
  return { atoms: [...indices.keys()], items, pbc: options.pbc ?? true, lengthUnit: 'nm' };
}

/** The set's descriptors by PLUMED serials: `descriptorSet`'s inverse. */
export function descriptorsBySerial({ atoms, items }: DescriptorSet): Descriptor[] {
  return items.map((item) => mapAtoms(item, (index) => atoms[index]));
}

/** All n(n−1)/2 distances between n atoms given by serial (from 1): 1–2, 1–3, …, 2–3, … */
export function distancesBetween(serials: readonly number[], options: DescriptorOptions = {}): DescriptorSet {
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
 */
export function sortedDistances(atoms: number[], partners?: number[]): SortedDistanceDescriptor[] {
  const first: SortedDistanceDescriptor = {
    kind: 'sorted-distance',
    atoms,
    ...(partners && { partners }),
    rank: 0,
  };
  return pairsOf(first).map((_, rank) => ({ ...first, rank }));
}
