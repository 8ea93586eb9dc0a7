import type { AlignmentReference } from './alignment-reference.js';
import {
  groupsOf,
  mapAtoms,
  oncePerGroup,
  partnersOf,
  type Descriptor,
  type GyrationDescriptor,
  type RmsdDescriptor,
} from './descriptor.js';
import { canonicalPlanes } from './crystal-descriptors.js';
import { canonicalEnvironment, isOfEnvironments } from './environment-descriptors.js';
import { isSymmetric } from './distribution-descriptors.js';
import { formatDescriptor, formatDescriptors } from './descriptor-lines.js';
import { pointNumber, pointSerial, type Point } from './points.js';

const ascending = (a: number, b: number): number => a - b;

/** A weighed group by its atoms' numbers, its weights of sum 1, to as many digits as tell weights apart. */
function inOrder(descriptor: RmsdDescriptor | GyrationDescriptor): Descriptor {
  const { atoms, weights } = descriptor;
  const places = atoms.map((_, i) => i).sort((i, j) => atoms[i] - atoms[j]);
  const total = weights?.reduce((sum, w) => sum + w, 0) ?? 1;
  const alike = weights === undefined || weights.every((w) => w === weights[0]);
  return {
    ...descriptor,
    atoms: places.map((i) => atoms[i]),
    weights: alike ? undefined : places.map((i) => Number((weights[i] / total).toPrecision(9))),
  };
}

const sorted = (group: readonly number[]): number[] => group.toSorted(ascending);

/** The one of all ways to write a descriptor that the others are compared by. */
function canonical(descriptor: Descriptor, ascendingOf: (group: number[]) => number[] = sorted): Descriptor {
  const { kind } = descriptor;
  const atoms: number[] = descriptor.atoms;
  // the order of a ring tells which way round it goes
  if (kind.startsWith('ring-')) return descriptor;
  if ('hydrogens' in descriptor) {
    const { hydrogens, acceptors } = descriptor;
    const places = hydrogens.map((_, i) => i).sort((i, j) => hydrogens[i] - hydrogens[j]);
    return {
      ...descriptor,
      atoms: places.map((i) => atoms[i]),
      hydrogens: places.map((i) => hydrogens[i]),
      acceptors: acceptors.toSorted(ascending),
    };
  }
  if (descriptor.kind === 'rmsd' || descriptor.kind === 'gyration') return inOrder(descriptor);
  if ('references' in descriptor)
    return {
      ...descriptor,
      atoms: atoms.toSorted(ascending),
      references: descriptor.references.toSorted(ascending),
    };
  if (isOfEnvironments(descriptor)) return canonicalEnvironment(descriptor, ascendingOf);
  if (descriptor.kind === 'bragg')
    return { ...descriptor, atoms: ascendingOf(atoms), planes: canonicalPlanes(descriptor.planes) };
  const ordered = /^(distance|aligned|direction)-|^depth$|^radius$/.test(kind);
  if (atoms.length === 0 || ordered) return descriptor;
  if (kind === 'angle' || kind.startsWith('torsion')) {
    const turned = atoms[0] > atoms[atoms.length - 1];
    return { ...descriptor, atoms: turned ? atoms.toReversed() : atoms } as Descriptor;
  }
  const groups = [atoms, partnersOf(descriptor)].filter((group) => group !== undefined).map(ascendingOf);
  if (groups.length === 2 && isSymmetric(descriptor)) groups.sort(([a], [b]) => a - b);
  return { ...descriptor, atoms: groups[0], ...(groups.length > 1 && { partners: groups[1] }) } as Descriptor;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

/** Whether two references, their atoms by serial, align the same atoms to the same places by the same weights. */
export function sameReference(a: AlignmentReference, b: AlignmentReference): boolean {
  if (a.atoms.length !== b.atoms.length) return false;
  const total = ({ weights }: AlignmentReference): number => weights.reduce((sum, w) => sum + w, 0);
  const places = new Map(b.atoms.map((atom, i) => [atom, i]));
  return a.atoms.every((atom, i) => {
    const j = places.get(atom);
    if (j === undefined || !close(a.weights[i] / total(a), b.weights[j] / total(b))) return false;
    return a.positions[i].every((x, axis) => close(x, b.positions[j][axis]));
  });
}

/** A line that is the same for descriptors that are the same number, whichever way round their atoms are named. */
export function descriptorKey(descriptor: Descriptor): string {
  return formatDescriptor(canonical(descriptor));
}

/** Those of many descriptors; the atoms of a group that they share are sorted and written once. */
export function descriptorKeys(descriptors: readonly Descriptor[]): string[] {
  const ascendingOf = oncePerGroup(sorted);
  return formatDescriptors(descriptors.map((descriptor) => canonical(descriptor, ascendingOf)));
}

/** Whether two descriptors are the same number; references by their number. */
export function sameDescriptor(a: Descriptor, b: Descriptor): boolean {
  return descriptorKey(a) === descriptorKey(b);
}

/** What a point is made of, however its list numbers those before it. */
function pointKey(point: Point, points: readonly Point[]): string {
  const keysOf = (atoms: readonly number[]): (number | string)[] =>
    atoms.map((atom) => {
      const number = pointNumber(atom);
      return number === undefined ? atom : pointKey(points[number], points);
    });
  if (point.kind === 'site')
    return JSON.stringify('frame' in point ? [keysOf(point.frame), point.position] : point);
  const { atoms, weights } = point;
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? 1;
  const alike = weights === undefined || weights.every((weight) => weight === weights[0]);
  const places = keysOf(atoms);
  return JSON.stringify([places, alike ? [] : weights.map((weight) => (weight / total).toPrecision(9))]);
}

/**
 * A descriptor of serials with its points as another list of them numbers them; undefined where that has not all of them.
 * @param points what its negative numbers name
 */
export function inOtherPoints(
  descriptor: Descriptor,
  points: readonly Point[],
  others: readonly Point[],
): Descriptor | undefined {
  const keys = others.map((point) => pointKey(point, others));
  const changed = mapAtoms(descriptor, (atom) => {
    const number = pointNumber(atom);
    if (number === undefined) return atom;
    const place = keys.indexOf(pointKey(points[number], points));
    return place < 0 ? 0 : pointSerial(place);
  });
  return groupsOf(changed).some((group) => group.includes(0)) ? undefined : changed;
}
