import type { SwitchingFunction } from './switching-function.js';

/**
 * What is made of a value that each atom of a group has, so that it does not grow with their number: its mean, a central moment
 * Σ (v − mean)^order/N, the part of the atoms from `lower` to `upper`, each smeared out by a Gaussian of width `sigma`, or the part
 * above a threshold: the mean of x¹²/(1 + x¹²), x = v/threshold, of values of at least 0.
 */
export type AtomStatistic =
  | { of: 'mean' }
  | { of: 'moment'; order: number }
  | { of: 'bin'; lower: number; upper: number; sigma: number }
  | { of: 'above'; threshold: number };

/** The volume of the box, nm³; by atom where there are some. */
export interface VolumeDescriptor {
  kind: 'volume';
  atoms: number[];
}

/** An edge of the box, nm, or an angle between two of them: `cell-alpha` between the second and the third. */
export interface CellDescriptor {
  kind: `cell-${'a' | 'b' | 'c' | 'alpha' | 'beta' | 'gamma'}`;
  atoms: [];
}

/** Miller indices of a plane in the simulation box. */
export type Plane = [h: number, k: number, l: number];

/**
 * The height of a Bragg peak, √(C² + S²)/N, with the sums C and S of cosines and sines of 2π (h a + k b + l c) over the fractional
 * coordinates of N atoms in the box; its mean over several planes.
 */
export interface BraggDescriptor {
  kind: 'bragg';
  atoms: number[];
  planes: Plane[];
}

/**
 * A statistic of the atoms' bond order parameters q_l (Steinhardt, Nelson & Ronchetti 1983, doi:10.1103/PhysRevB.28.784), or of
 * those averaged over an atom and its neighbours (Lechner & Dellago 2008, doi:10.1063/1.2977970); a neighbour weighs what the
 * switching function, which has a `dmax`, gives it.
 */
export interface SteinhardtDescriptor {
  kind: 'steinhardt' | 'averaged-steinhardt';
  atoms: number[];
  switching: SwitchingFunction;
  /** l, from 1 to 12. */
  degree: number;
  statistic: AtomStatistic;
}

export type CrystalDescriptor = VolumeDescriptor | CellDescriptor | BraggDescriptor | SteinhardtDescriptor;

/** As the core has it: waves that are shorter than atoms. */
const highestIndex = 64;
const mostPlanes = 192;
const highestDegree = 12;
const highestMoment = 8;

/** What planes should have been; undefined where they are some. */
export function planesProblem(planes: readonly (readonly number[])[]): string | undefined {
  const good = (plane: readonly number[]): boolean =>
    plane.length === 3 &&
    plane.every((index) => Number.isInteger(index) && Math.abs(index) <= highestIndex) &&
    plane.some((index) => index !== 0);
  return planes.length > 0 && planes.length <= mostPlanes && planes.every(good)
    ? undefined
    : `at most ${mostPlanes} planes, each of three whole numbers from -${highestIndex} to ${highestIndex}, not all 0`;
}

/** What l should have been; undefined where it is one. */
export function degreeProblem(degree: number): string | undefined {
  return Number.isInteger(degree) && degree >= 1 && degree <= highestDegree
    ? undefined
    : `l from 1 to ${highestDegree}`;
}

/** What a statistic should have been; undefined where it is one. */
export function statisticProblem(statistic: AtomStatistic): string | undefined {
  if (statistic.of === 'mean') return undefined;
  if (statistic.of === 'moment') {
    const { order } = statistic;
    return Number.isInteger(order) && order >= 2 && order <= highestMoment
      ? undefined
      : `a moment from 2 to ${highestMoment}`;
  }
  if (statistic.of === 'above')
    return statistic.threshold > 0 && Number.isFinite(statistic.threshold)
      ? undefined
      : 'a threshold above 0';
  const { lower, upper, sigma } = statistic;
  return lower < upper && sigma > 0 && [lower, upper, sigma].every(Number.isFinite)
    ? undefined
    : 'a bin with lower < upper and sigma > 0';
}

/** The words of a statistic in a line of the model file. */
export function statisticWords(statistic: AtomStatistic): (string | number)[] {
  if (statistic.of === 'mean') return ['mean'];
  if (statistic.of === 'moment') return ['moment', statistic.order];
  if (statistic.of === 'above') return ['above', statistic.threshold];
  return ['bin', statistic.lower, statistic.upper, statistic.sigma];
}

/** What such a word and the numbers behind it mean; undefined where that is no statistic. */
export function readStatistic(word: string, numbers: readonly number[]): AtomStatistic | undefined {
  const [first, second, third] = numbers;
  if (word === 'mean' && numbers.length === 0) return { of: 'mean' };
  if (word === 'moment' && numbers.length === 1) return { of: 'moment', order: first };
  if (word === 'above' && numbers.length === 1) return { of: 'above', threshold: first };
  if (word === 'bin' && numbers.length === 3) return { of: 'bin', lower: first, upper: second, sigma: third };
  return undefined;
}

/** Planes that are the same number whichever way round they are written, in an order of their own. */
export function canonicalPlanes(planes: readonly Plane[]): Plane[] {
  const turned = planes.map((plane): Plane => {
    const first = plane.find((index) => index !== 0) ?? 0;
    // no -0
    return plane.map((index) => (first < 0 ? 0 - index : index)) as Plane;
  });
  return turned.sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]);
}

/** All planes that a cubic crystal's symmetry makes of one, a plane and its other side once: {111} are four. */
export function planeFamily([h, k, l]: Plane): Plane[] {
  const orders: Plane[] = [
    [h, k, l],
    [k, l, h],
    [l, h, k],
    [k, h, l],
    [h, l, k],
    [l, k, h],
  ];
  const signs = [1, -1];
  const all = orders.flatMap(([a, b, c]) =>
    signs.flatMap((sb) => signs.map((sc): Plane => [a, 0 + sb * b, 0 + sc * c])),
  );
  const seen = new Set<string>();
  return canonicalPlanes(all).filter((plane) => {
    const key = plane.join(' ');
    return !seen.has(key) && seen.add(key);
  });
}

const signed = (index: number): string => (index < 0 ? `m${-index}` : `${index}`);

/** `444`, `m4_4_4`, `0_10_0`; of several the first and how many they are: `444x4`. */
function planesName(planes: readonly Plane[]): string {
  const [first] = planes;
  const plain = first.every((index) => index >= 0 && index <= 9);
  return first.map(signed).join(plain ? '' : '_') + (planes.length > 1 ? `x${planes.length}` : '');
}

/** Thousandths, as a label has no point of its own. */
const thousandths = (value: number): string => signed(Math.round(1000 * value));

/**
 * What a crystal's label tells before its atoms, and behind the dot: `bragg_444`, `q6` and `mean`. Bins tell their bounds in
 * thousandths.
 */
export function crystalLabel(descriptor: CrystalDescriptor): { prefix: string; component: string } {
  switch (descriptor.kind) {
    case 'volume':
      return { prefix: 'volume', component: '' };
    case 'bragg':
      return { prefix: `bragg_${planesName(descriptor.planes)}`, component: '' };
    case 'steinhardt':
    case 'averaged-steinhardt': {
      const { statistic, degree } = descriptor;
      const order = `q${degree}${descriptor.kind === 'steinhardt' ? '' : 'a'}`;
      if (statistic.of === 'bin')
        return {
          prefix: `${order}_${thousandths(statistic.lower)}to${thousandths(statistic.upper)}_of`,
          component: '',
        };
      return {
        prefix: order,
        component: statistic.of === 'moment' ? `.moment-${statistic.order}` : `.${statistic.of}`,
      };
    }
    default:
      return { prefix: 'cell', component: `.${descriptor.kind.slice('cell-'.length)}` };
  }
}

/** Whether it is one of a crystal's descriptors. */
export function isOfCrystal(descriptor: { kind: string }): descriptor is CrystalDescriptor {
  return /^(volume|bragg|(averaged-)?steinhardt|cell-.+)$/.test(descriptor.kind);
}
