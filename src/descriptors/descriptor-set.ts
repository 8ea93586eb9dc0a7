import {
  invalidArgument,
  type LatentcvError,
  expectList,
  expectObject,
  expectText,
  expectWhole,
} from '../support/index.js';
import { referenceProblem, type AlignmentReference } from './alignment-reference.js';
import {
  mapGroups,
  oncePerGroup,
  pairsOf,
  referencesOf,
  type AlignedPositionDescriptor,
  type Descriptor,
  type FrameCentres,
  type SortedDistanceDescriptor,
} from './descriptor.js';
import { formatDescriptor } from './descriptor-lines.js';
import { descriptorProblem } from './kinds.js';
import { mapPoint, pointNumber, pointProblem, pointSerial, type Point } from './points.js';

/**
 * What a model is evaluated from: atoms, and one descriptor per model input. Lengths are in nm, angles in rad.
 */
export interface DescriptorSet {
  /** PLUMED serials (from 1), each once: what `ATOMS=` gives, in this order. */
  atoms: number[];
  /** In the order of the model's inputs; atoms count from 0 in `atoms`, and `points` behind them. */
  items: Descriptor[];
  /** Minimum image in periodic boxes, or coordinates as they are (`NOPBC`). */
  pbc: boolean;
  lengthUnit: 'nm';
  /** Structures that `aligned-x`, … name by number, where there are any. */
  references?: AlignmentReference[];
  /** Places that follow from atoms, which items may name as they name atoms, where there are any. */
  points?: Point[];
  /** What each atom is called in the system it was learned from, `ALA 2 CA`: residue, its number, name; `-` for none. */
  names?: string[];
}

export interface DescriptorOptions {
  /** Minimum image in periodic boxes; true where left out, as in PLUMED. */
  pbc?: boolean;
  /** Structures that `aligned-x`, … name by number, their atoms by serials. */
  references?: readonly AlignmentReference[];
  /** Places that descriptors name by negative numbers, −1 the first; their atoms by serials. */
  points?: readonly Point[];
}

const noSuchPlace = (serial: number, points: number): LatentcvError =>
  invalidArgument(
    points === 0 ? 'an atom serial from 1' : `an atom serial from 1, or a point from -1 to -${points},`,
    'atoms',
    serial,
  );

/** An atom, or one of a set's points. */
function checkSerial(serial: number): void {
  if (!Number.isInteger(serial) || serial === 0) throw noSuchPlace(serial, 0);
}

/** What a descriptor after an alignment should have named, over these references; undefined where all is well. */
export function alignmentProblem(
  descriptor: Descriptor,
  references: readonly AlignmentReference[],
): string | undefined {
  const numbers = referencesOf(descriptor);
  if (!numbers.every((number) => Object.hasOwn(references, number)))
    return `a reference from 0 to ${references.length} (exclusive)`;
  if (!descriptor.kind.endsWith('rmsd')) return undefined;
  const lacking = numbers.find((number) => {
    const known = new Set(references[number].atoms);
    return !descriptor.atoms.every((atom) => known.has(atom));
  });
  return lacking === undefined ? undefined : `atoms of reference ${lacking}`;
}

/** Atoms in the order of their first use, and points behind them. */
class PlaceList {
  readonly atoms: number[] = [];
  private readonly places = new Map<number, number>();

  constructor(private readonly points: number) {}

  add = (serial: number): number => {
    checkSerial(serial);
    const point = pointNumber(serial);
    if (point !== undefined && point >= this.points) throw noSuchPlace(serial, this.points);
    if (point === undefined && !this.places.has(serial)) this.places.set(serial, this.atoms.push(serial) - 1);
    return serial;
  };

  /** Once all are there. */
  of = (serial: number): number => {
    const point = pointNumber(serial);
    return point === undefined ? this.places.get(serial)! : this.atoms.length + point;
  };
}

function expectPoints(points: readonly Point[], references: readonly AlignmentReference[]): void {
  expectList(points, 'points');
  points.forEach((point, number) => {
    expectObject(point, 'points', 'points with kind and atoms');
    const problem = pointProblem(point, references, (serial) => (pointNumber(serial) ?? -1) < number);
    if (problem !== undefined) throw invalidArgument(problem, 'points', `point ${number}`);
  });
}

/**
 * Gathers descriptors given by serials into a set; atoms stand in the order of their first use.
 * @throws LatentcvError `bad-argument` for a serial below 1 that is no point, for an atom that a descriptor names twice,
 *   and for numbers (powers, ranks, radii, references, weights) that make no descriptor or point
 */
export function descriptorSet(
  descriptors: readonly Descriptor[],
  options: DescriptorOptions = {},
): DescriptorSet {
  expectList(descriptors, 'descriptors');
  for (const descriptor of descriptors) expectDescriptor(descriptor);
  expectObject(options, 'options');
  const { references: given = [], points = [] } = options;
  expectPoints(points, given);
  given.forEach((reference, number) => {
    const problem = referenceProblem(reference);
    if (problem !== undefined) throw invalidArgument(problem, 'references', `reference ${number}`);
  });
  const places = new PlaceList(points.length);
  const added = oncePerGroup((group) => group.map(places.add));
  for (const descriptor of descriptors) {
    const problem = descriptorProblem(descriptor) ?? alignmentProblem(descriptor, given);
    if (problem !== undefined) throw invalidArgument(problem, descriptor.kind, formatDescriptor(descriptor));
    mapGroups(descriptor, added);
  }
  for (const { atoms } of given) atoms.forEach(places.add);
  for (const point of points) mapPoint(point, places.add);
  const references = given.map((reference) => ({ ...reference, atoms: reference.atoms.map(places.of) }));
  const placed = oncePerGroup((group) => group.map(places.of));
  return {
    atoms: places.atoms,
    items: descriptors.map((descriptor) => mapGroups(descriptor, placed)),
    pbc: options.pbc ?? true,
    lengthUnit: 'nm',
    references: references.length > 0 ? references : undefined,
    ...(points.length > 0 && { points: points.map((point) => mapPoint(point, places.of)) }),
  };
}

/** What a place of a set is among serials: an atom's serial, or the negative number of a point. */
function serialOf({ atoms }: DescriptorSet): (place: number) => number {
  return (place) => (place < atoms.length ? atoms[place] : pointSerial(place - atoms.length));
}

/** The set's descriptors by PLUMED serials, points by negative numbers: `descriptorSet`'s inverse. */
export function descriptorsBySerial(set: DescriptorSet): Descriptor[] {
  const serials = oncePerGroup((group) => group.map(serialOf(set)));
  return set.items.map((item) => mapGroups(item, serials));
}

/** The set's references with their atoms by PLUMED serials. */
export function referencesBySerial(set: DescriptorSet): AlignmentReference[] {
  return (set.references ?? []).map((reference) => ({
    ...reference,
    atoms: reference.atoms.map(serialOf(set)),
  }));
}

/** The set's points with their atoms by PLUMED serials. */
export function pointsBySerial(set: DescriptorSet): Point[] {
  return (set.points ?? []).map((point) => mapPoint(point, serialOf(set)));
}

const axes = ['x', 'y', 'z'] as const;

/**
 * x, y and z of each of these atoms after alignment to the set's reference of this number, or in the frame of three places.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function alignedPositions(
  atoms: readonly number[],
  frame: number | FrameCentres = 0,
): AlignedPositionDescriptor[] {
  expectSerials(atoms);
  if (typeof frame === 'number') expectWhole(frame, 'reference', 0);
  else expectSerials(frame, 'frame');
  const inFrame = typeof frame === 'number' ? { reference: frame } : { frame };
  return atoms.flatMap((atom) =>
    axes.map((axis) => ({ kind: `aligned-${axis}` as const, atoms: [atom] as [number], ...inFrame })),
  );
}

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
