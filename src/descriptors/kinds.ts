import {
  countPairsOf,
  partnersOf,
  type Descriptor,
  type DescriptorKind,
  type HydrogenBondsDescriptor,
  type LeastRmsdDescriptor,
} from './descriptor.js';
import type { SwitchingFunction } from './switching-function.js';
import { distributionProblem, isDistribution } from './distribution-descriptors.js';
import { environmentProblem, isOfEnvironments } from './environment-descriptors.js';
import {
  degreeProblem,
  planesProblem,
  statisticProblem,
  type SteinhardtDescriptor,
} from './crystal-descriptors.js';

/** What is the same for every descriptor of a kind. */
export interface KindTraits {
  /** How many atoms it takes; undefined where it takes groups. */
  atoms?: number;
  /** How many its one group has at least; undefined where it takes pairs within a group or across two. */
  least?: number;
  /** Unit of the value. */
  unit: string;
  /** What the value is: numbers of one quantity can be compared in size. */
  quantity:
    | 'length'
    | 'inverse length'
    | 'angle'
    | 'sine'
    | 'count'
    | 'volume'
    | 'peak'
    | 'order'
    | 'relative density'
    | 'entropy'
    | 'scattering'
    | 'similarity'
    | 'power spectrum'
    | 'symmetry function';
  /** Whether the number changes with the unit of length. */
  ofLength: boolean;
  /** Domain of a periodic value. */
  period?: readonly [number, number];
}

const length = { unit: 'nm', quantity: 'length', ofLength: true } as const;
const angle = { unit: 'rad', quantity: 'angle', ofLength: false } as const;
const sine = { unit: '', quantity: 'sine', ofLength: false } as const;
const count = { unit: '', quantity: 'count', ofLength: true } as const;
const order = { unit: '', quantity: 'order', ofLength: true } as const;

export const descriptorKinds: Record<DescriptorKind, KindTraits> = {
  distance: { atoms: 2, ...length },
  'distance-x': { atoms: 2, ...length },
  'distance-y': { atoms: 2, ...length },
  'distance-z': { atoms: 2, ...length },
  'inverse-distance': { atoms: 2, unit: '1/nm', quantity: 'inverse length', ofLength: true },
  angle: { atoms: 3, ...angle },
  torsion: { atoms: 4, ...angle, period: [-Math.PI, Math.PI] },
  'torsion-sin': { atoms: 4, ...sine },
  'torsion-cos': { atoms: 4, ...sine },
  contact: { atoms: 2, ...count },
  coordination: count,
  'sorted-distance': length,
  'aligned-x': { atoms: 1, ...length },
  'aligned-y': { atoms: 1, ...length },
  'aligned-z': { atoms: 1, ...length },
  rmsd: { least: 1, ...length },
  'least-rmsd': { least: 1, ...length },
  gyration: { least: 2, ...length },
  'hydrogen-bonds': count,
  'ring-distance': length,
  'ring-cosine': { ...sine },
  'ring-cosine-squared': { ...sine },
  'ring-height': length,
  'ring-offset': length,
  'direction-x': { atoms: 2, ...sine },
  'direction-y': { atoms: 2, ...sine },
  'direction-z': { atoms: 2, ...sine },
  depth: { atoms: 3, ...length },
  radius: { atoms: 3, ...length },
  'position-x': { atoms: 1, ...length },
  'position-y': { atoms: 1, ...length },
  'position-z': { atoms: 1, ...length },
  'box-ax': { atoms: 0, ...length },
  'box-ay': { atoms: 0, ...length },
  'box-az': { atoms: 0, ...length },
  'box-bx': { atoms: 0, ...length },
  'box-by': { atoms: 0, ...length },
  'box-bz': { atoms: 0, ...length },
  'box-cx': { atoms: 0, ...length },
  'box-cy': { atoms: 0, ...length },
  'box-cz': { atoms: 0, ...length },
  volume: { least: 0, unit: 'nm^3', quantity: 'volume', ofLength: true },
  'cell-a': { atoms: 0, ...length },
  'cell-b': { atoms: 0, ...length },
  'cell-c': { atoms: 0, ...length },
  'cell-alpha': { atoms: 0, ...angle },
  'cell-beta': { atoms: 0, ...angle },
  'cell-gamma': { atoms: 0, ...angle },
  bragg: { least: 1, unit: '', quantity: 'peak', ofLength: false },
  steinhardt: { least: 2, ...order },
  'averaged-steinhardt': { least: 2, ...order },
  'coordination-number': count,
  rdf: { unit: '', quantity: 'relative density', ofLength: true },
  'pair-entropy': { unit: '', quantity: 'entropy', ofLength: true },
  debye: { unit: '', quantity: 'scattering', ofLength: true },
  piv: count,
  similarity: { unit: '', quantity: 'similarity', ofLength: true },
  // of nothing they are 0
  soap: { least: 0, unit: 'A^3', quantity: 'power spectrum', ofLength: true },
  acsf: { least: 0, unit: '', quantity: 'symmetry function', ofLength: true },
};

/** What the value is: moments of each order and parts of the atoms are no means. */
export function quantityOf(descriptor: Descriptor): string {
  const { quantity } = descriptorKinds[descriptor.kind];
  if (!('statistic' in descriptor) || descriptor.statistic.of === 'mean') return quantity;
  const { statistic } = descriptor;
  return statistic.of === 'moment' ? `${quantity}, moment ${statistic.order}` : 'part of the atoms';
}

export function isDescriptorKind(word: string): word is DescriptorKind {
  return Object.hasOwn(descriptorKinds, word);
}

/** What a descriptor should have been, or undefined where it can be evaluated. */
export function descriptorProblem(descriptor: Descriptor): string | undefined {
  const { kind, atoms } = descriptor;
  const { atoms: count, least } = descriptorKinds[kind];
  const partners = partnersOf(descriptor);
  if (count !== undefined && atoms.length !== count)
    return count === 0 ? 'no atom' : count === 1 ? 'one atom' : `${count} atoms`;
  if ('hydrogens' in descriptor) return hydrogenBondsProblem(descriptor);
  if ([atoms, partners ?? []].some((group) => new Set(group).size < group.length)) {
    return count === 2 ? 'two different atoms' : 'different atoms';
  }
  if (/^(aligned|direction)-/.test(kind) && !('reference' in descriptor))
    return 'frame' in descriptor ? frameProblem(descriptor.frame) : 'a reference, or a frame of three places';
  if ('references' in descriptor) return leastProblem(descriptor);
  if (kind.startsWith('ring-'))
    return atoms.length >= 3 && partners && partners.length >= 3
      ? undefined
      : 'two rings of at least three atoms';
  if (least !== undefined && atoms.length < least)
    return `a group of at least ${least === 1 ? 'one atom' : 'two atoms'}`;
  if (count === undefined && least === undefined && countPairsOf(descriptor) === 0)
    return 'groups with at least one pair of atoms';
  if (isDistribution(descriptor))
    return (
      ('switching' in descriptor ? switchingProblem(descriptor.switching) : undefined) ??
      distributionProblem(descriptor, countPairsOf(descriptor))
    );
  if (isOfEnvironments(descriptor)) return environmentProblem(descriptor);
  if ('planes' in descriptor) return planesProblem(descriptor.planes);
  if ('degree' in descriptor) return steinhardtProblem(descriptor);
  if ('switching' in descriptor) return switchingProblem(descriptor.switching);
  if ('weights' in descriptor && descriptor.weights) return weightsProblem(descriptor.weights, atoms.length);
  if ('rank' in descriptor) return rankProblem(descriptor.rank, countPairsOf(descriptor));
  return undefined;
}

function hydrogenBondsProblem(descriptor: HydrogenBondsDescriptor): string | undefined {
  const { atoms, hydrogens, acceptors, switching } = descriptor;
  if (atoms.length !== hydrogens.length || hydrogens.length === 0 || acceptors.length === 0)
    return 'donors, as many hydrogens, and acceptors';
  if ([hydrogens, acceptors].some((group) => new Set(group).size < group.length)) return 'different atoms';
  if (atoms.some((donor, i) => donor === hydrogens[i])) return 'hydrogens that are not their donors';
  return switchingProblem(switching);
}

function steinhardtProblem({ switching, degree, statistic }: SteinhardtDescriptor): string | undefined {
  if (switching.dmax === undefined) return 'a switching function with dmax';
  return switchingProblem(switching) ?? degreeProblem(degree) ?? statisticProblem(statistic);
}

function leastProblem({ atoms, references, beta }: LeastRmsdDescriptor): string | undefined {
  if (atoms.length === 0) return 'a group of at least one atom';
  if (!(beta > 0 && Number.isFinite(beta))) return 'beta > 0';
  return references.length > 0 && new Set(references).size === references.length
    ? undefined
    : 'one reference or more, each once';
}

/** What the places of a frame should have been; undefined where they can carry one. */
export function frameProblem(frame: readonly number[]): string | undefined {
  return frame.length === 3 && new Set(frame).size === 3 ? undefined : 'three different places for a frame';
}

/** What weights of atoms should have been; undefined where they can weigh so many. */
export function weightsProblem(weights: readonly number[], atoms: number): string | undefined {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const good = weights.length === atoms && weights.every((weight) => weight >= 0);
  return good && sum > 1e-300 && Number.isFinite(sum)
    ? undefined
    : 'a weight of at least 0 for each atom, not all 0';
}

function rankProblem(rank: number, pairs: number): string | undefined {
  return Number.isInteger(rank) && rank >= 0 && rank < pairs ? undefined : `a rank from 0 to ${pairs - 1}`;
}

/** As the plugin has it. */
const largestPower = 1000;

function switchingProblem(switching: SwitchingFunction): string | undefined {
  return formProblem(switching) ?? cutoffProblem(switching);
}

/** A function that is 1 up to its cut-off cannot be stretched to be 0 there. */
function cutoffProblem({ dmax, ...switching }: SwitchingFunction): string | undefined {
  if (dmax === undefined) return undefined;
  const beyond = !('beta' in switching)
    ? dmax > switching.d0
    : Math.exp(switching.beta * (dmax - switching.r0)) > 1e-15;
  return dmax > 0 && Number.isFinite(dmax) && beyond
    ? undefined
    : 'dmax where the switching function is below 1';
}

function formProblem(switching: SwitchingFunction): string | undefined {
  if (switching.form === 'cubic')
    return switching.d0 >= 0 && switching.d0 < switching.dmax ? undefined : '0 ≤ d0 < dmax';
  const { form, r0 } = switching;
  if (!(r0 > 0 && Number.isFinite(r0))) return 'r0 > 0';
  if (form === 'fermi') return switching.beta > 0 && Number.isFinite(switching.beta) ? undefined : 'beta > 0';
  if (!(switching.d0 >= 0 && Number.isFinite(switching.d0))) return 'd0 ≥ 0';
  if (form === 'gaussian') return undefined;
  const { nn, mm } = switching;
  const powers = [nn, mm].every((power) => Number.isInteger(power) && power >= 1 && power <= largestPower);
  return powers && nn < mm ? undefined : `whole numbers 1 ≤ nn < mm ≤ ${largestPower}`;
}
