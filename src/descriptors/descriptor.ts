import type { CrystalDescriptor } from './crystal-descriptors.js';
import type { DistributionDescriptor } from './distribution-descriptors.js';
import type { EnvironmentDescriptor } from './environment-descriptors.js';
import type { SwitchingFunction } from './switching-function.js';

/** Distance between two atoms, nm. */
export interface DistanceDescriptor {
  kind: 'distance';
  atoms: [number, number];
}

/** A Cartesian component of the (minimum-image) vector from the first atom to the second, nm. */
export interface DistanceComponentDescriptor {
  kind: 'distance-x' | 'distance-y' | 'distance-z';
  atoms: [number, number];
}

/** 1/distance, 1/nm. */
export interface InverseDistanceDescriptor {
  kind: 'inverse-distance';
  atoms: [number, number];
}

/** Angle at the second atom, from 0 to π. */
export interface AngleDescriptor {
  kind: 'angle';
  atoms: [number, number, number];
}

/** Torsion from −π to π (IUPAC sign), or its sine or cosine. */
export interface TorsionDescriptor {
  kind: 'torsion' | 'torsion-sin' | 'torsion-cos';
  atoms: [number, number, number, number];
}

/** A switching function of one distance. */
export interface ContactDescriptor {
  kind: 'contact';
  atoms: [number, number];
  switching: SwitchingFunction;
}

/** The sum of a switching function over all pairs within `atoms`, or of one of `atoms` with one of `partners`. */
export interface CoordinationDescriptor {
  kind: 'coordination';
  atoms: number[];
  partners?: number[];
  switching: SwitchingFunction;
}

/** The distance of this rank (0: the smallest) among all pairs within `atoms`, or of `atoms` with `partners`, nm. */
export interface SortedDistanceDescriptor {
  kind: 'sorted-distance';
  atoms: number[];
  partners?: number[];
  rank: number;
}

/**
 * Three atoms or points that make a frame: its origin, one that its z axis goes to from there, and one on the side that its x
 * axis goes to, perpendicular to z; y makes it right-handed. In a periodic box the others are taken at the images nearest
 * to the first.
 */
export type FrameCentres = [origin: number, alongZ: number, towardsX: number];

/**
 * The frame of atoms after their best superposition onto a structure, the set's reference of this number (from 0), or that of
 * three places.
 */
export type InFrame = { reference: number } | { frame: FrameCentres };

/**
 * A coordinate of an atom in a frame, nm. In a periodic box an atom that is none of those that carry the frame is taken at the
 * image nearest to their centre, or to the origin of the frame of three places.
 */
export type AlignedPositionDescriptor = {
  kind: 'aligned-x' | 'aligned-y' | 'aligned-z';
  atoms: [number];
} & InFrame;

/** A direction cosine of the axis from the first atom to the second, in a frame. */
export type DirectionDescriptor = {
  kind: 'direction-x' | 'direction-y' | 'direction-z';
  atoms: [number, number];
} & InFrame;

/** How deep the first atom is along the axis from the second to the third, seen from the second, or how far from it, nm. */
export interface AxisDescriptor {
  kind: 'depth' | 'radius';
  atoms: [number, number, number];
}

/**
 * Root mean square deviation of atoms from their places in a reference structure, nm, after the best superposition of the
 * atoms that have a weight there: the group's own, or those of a host that its guest is compared in the frame of.
 */
export interface RmsdDescriptor {
  kind: 'rmsd';
  /** Of the reference's. */
  atoms: number[];
  reference: number;
  /** Of the mean, of any sum; all alike where left out. */
  weights?: number[];
}

/**
 * The smooth minimum −ln(Σ exp(−beta · d))/beta of the RMSDs d of the same atoms from several references, nm: of a pose with
 * equivalent atoms exchanged in each way, for example. At most ln(references)/beta below the least.
 */
export interface LeastRmsdDescriptor {
  kind: 'least-rmsd';
  /** Of each reference's. */
  atoms: number[];
  references: number[];
  /** 1/nm. */
  beta: number;
}

/** Radius of gyration, √(Σ w |x − centre|² / Σ w), nm. */
export interface GyrationDescriptor {
  kind: 'gyration';
  atoms: number[];
  /** Masses, for example, of any sum; all alike where left out. */
  weights?: number[];
}

/**
 * Hydrogen bonds D–H…A, summed over every hydrogen with every acceptor that is not its donor: a switching function of the
 * distance H…A times cos⁴ of the angle D–H…A, and 0 up to 90° (DREIDING's form: Mayo, Olafson & Goddard 1990,
 * doi:10.1021/j100389a010).
 */
export interface HydrogenBondsDescriptor {
  kind: 'hydrogen-bonds';
  /** The donor of each hydrogen: one with several stands several times. */
  atoms: number[];
  hydrogens: number[];
  acceptors: number[];
  switching: SwitchingFunction;
}

/**
 * How two rings stand to each other, each in the order of its bonds: distance of their geometric centres, cosine between
 * their normals or its square, height of the second's centre along the first's normal and its offset across (nm). Normals
 * are those of mean planes (Cremer & Pople 1975, doi:10.1021/ja00839a011): seen from where one points to, the atoms
 * go round clockwise.
 */
export interface RingDescriptor {
  kind: 'ring-distance' | 'ring-cosine' | 'ring-cosine-squared' | 'ring-height' | 'ring-offset';
  atoms: number[];
  partners: number[];
}

/**
 * A coordinate of an atom as it is, nm. In a periodic box the atoms are first made whole as PLUMED does: each is taken
 * to the image next to the atom before it in the set's order.
 */
export interface PositionDescriptor {
  kind: 'position-x' | 'position-y' | 'position-z';
  atoms: [number];
}

/** A component of a box vector, nm: `box-bx` is the x of the second. There must be a periodic box. */
export interface BoxDescriptor {
  kind: `box-${'a' | 'b' | 'c'}${'x' | 'y' | 'z'}`;
  atoms: [];
}

/** One descriptor, its atoms by PLUMED's serials (from 1), or, in a `DescriptorSet`, by place in the set's list. */
export type Descriptor =
  | DistanceDescriptor
  | DistanceComponentDescriptor
  | InverseDistanceDescriptor
  | AngleDescriptor
  | TorsionDescriptor
  | ContactDescriptor
  | CoordinationDescriptor
  | SortedDistanceDescriptor
  | AlignedPositionDescriptor
  | RmsdDescriptor
  | LeastRmsdDescriptor
  | GyrationDescriptor
  | HydrogenBondsDescriptor
  | RingDescriptor
  | DirectionDescriptor
  | AxisDescriptor
  | PositionDescriptor
  | BoxDescriptor
  | CrystalDescriptor
  | DistributionDescriptor
  | EnvironmentDescriptor;

export type DescriptorKind = Descriptor['kind'];

/** The second group of atoms, where there is one. */
export function partnersOf(descriptor: Descriptor): number[] | undefined {
  return 'partners' in descriptor ? descriptor.partners : undefined;
}

/** The third, of those that have one. */
export function othersOf(descriptor: Descriptor): number[] | undefined {
  return 'others' in descriptor ? descriptor.others : undefined;
}

/** All groups of atoms, in the order of the line. */
export function groupsOf(descriptor: Descriptor): number[][] {
  if ('hydrogens' in descriptor) return [descriptor.atoms, descriptor.hydrogens, descriptor.acceptors];
  if ('frame' in descriptor) return [descriptor.atoms, descriptor.frame];
  const partners = partnersOf(descriptor);
  const others = othersOf(descriptor);
  if (others) return [descriptor.atoms, partners ?? [], others];
  return partners ? [descriptor.atoms, partners] : [descriptor.atoms];
}

/**
 * A function of groups of atoms that works each group out once, whichever descriptors share it: of thousands that sort the
 * pairs of one crystal, each has all of its atoms.
 */
export function oncePerGroup<T>(of: (group: number[]) => T): (group: number[]) => T {
  const known = new Map<number[], T>();
  return (group) => {
    const found = known.get(group);
    if (found !== undefined) return found;
    const made = of(group);
    known.set(group, made);
    return made;
  };
}

/** The same descriptor of other atoms. */
export function mapAtoms(descriptor: Descriptor, change: (atom: number) => number): Descriptor {
  return mapGroups(descriptor, (group) => group.map(change));
}

/** The same descriptor of other groups of atoms. */
export function mapGroups(descriptor: Descriptor, change: (group: number[]) => number[]): Descriptor {
  const [atoms, second, third] = groupsOf(descriptor).map(change);
  if ('hydrogens' in descriptor) return { ...descriptor, atoms, hydrogens: second, acceptors: third };
  const name = 'frame' in descriptor ? 'frame' : 'partners';
  return {
    ...descriptor,
    atoms,
    ...((second as number[] | undefined) && { [name]: second }),
    ...((third as number[] | undefined) && { others: third }),
  } as Descriptor;
}

/** The numbers of the references that it needs. */
export function referencesOf(descriptor: Descriptor): readonly number[] {
  if ('references' in descriptor) return descriptor.references;
  return 'reference' in descriptor ? [descriptor.reference] : [];
}

/** The same descriptor with its references under other numbers. */
export function mapReferences(descriptor: Descriptor, change: (reference: number) => number): Descriptor {
  if ('references' in descriptor) return { ...descriptor, references: descriptor.references.map(change) };
  return 'reference' in descriptor ? { ...descriptor, reference: change(descriptor.reference) } : descriptor;
}

/** Every pair within the atoms, or of an atom with a partner; never an atom with itself. */
export function pairsOf(descriptor: Descriptor): [number, number][] {
  const partners = partnersOf(descriptor);
  return descriptor.atoms.flatMap((a, i) =>
    (partners ?? descriptor.atoms.slice(i + 1)).filter((b) => b !== a).map((b): [number, number] => [a, b]),
  );
}

/** How many pairs `pairsOf` gives, of atoms that each group names once. */
export function countPairsOf(descriptor: Descriptor): number {
  const { length } = descriptor.atoms;
  const partners = partnersOf(descriptor);
  if (!partners) return (length * (length - 1)) / 2;
  const own = new Set<number>(descriptor.atoms);
  return length * partners.length - partners.filter((atom) => own.has(atom)).length;
}
