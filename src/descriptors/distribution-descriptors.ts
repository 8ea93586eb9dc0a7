import {
  readStatistic,
  statisticProblem,
  statisticWords,
  type AtomStatistic,
} from './crystal-descriptors.js';
import type { SwitchingFunction } from './switching-function.js';

/**
 * A statistic of the coordination numbers that `atoms` have: each the sum of a switching function, which has a `dmax`, over the other
 * ones of `partners`, or of `atoms`.
 */
export interface CoordinationNumberDescriptor {
  kind: 'coordination-number';
  atoms: number[];
  partners?: number[];
  switching: SwitchingFunction;
  statistic: AtomStatistic;
}

/** Up to `rmax` (nm) in so many bins, each pair a Gaussian of width `sigma` (nm). */
export interface DistanceGrid {
  rmax: number;
  sigma: number;
  bins: number;
}

/** The radial distribution function of all pairs in the middle of a bin (from 0); there must be a periodic box. */
export interface RdfDescriptor {
  kind: 'rdf';
  atoms: number[];
  partners?: number[];
  grid: DistanceGrid;
  bin: number;
}

/**
 * The two-body excess entropy per atom of `atoms`, in k_B: −2π ρ ∫ (g ln g − g + 1) r² dr up to `rmax`, with the density ρ of `partners`
 * (Piaggi, Valsson & Parrinello 2017, doi:10.1103/PhysRevLett.119.015701); there must be a periodic box.
 */
export interface PairEntropyDescriptor {
  kind: 'pair-entropy';
  atoms: number[];
  partners?: number[];
  grid: DistanceGrid;
}

/**
 * Scattering at q (1/nm) by Debye's formula over the pairs within `window` (nm): 1 + 1/N Σ sinc(q r) sinc(π r/window) over i ≠ j of a
 * group, or 1/√(N_A N_B) Σ of the same across two (Niu, Piaggi, Invernizzi & Parrinello 2018, doi:10.1073/pnas.1803919115).
 */
export interface DebyeDescriptor {
  kind: 'debye';
  atoms: number[];
  partners?: number[];
  q: number;
  window: number;
}

/**
 * A component of a permutation invariant vector: the switching function of the distance of this rank (0: the smallest) among all pairs,
 * times the cubic root of `volume` (nm³) over that of the box where one is given (Gallet & Pietrucci 2013, doi:10.1063/1.4818005).
 */
export interface PivDescriptor {
  kind: 'piv';
  atoms: number[];
  partners?: number[];
  switching: SwitchingFunction;
  rank: number;
  volume?: number;
}

/**
 * A statistic of how alike the neighbours of `atoms` stand to an environment: 1/n Σ exp(−|r − r'|²/(4 sigma²)) over the vectors r to
 * neighbours and its n vectors r' (nm); the smooth maximum ln(Σ exp(lambda k))/lambda of several environments (Piaggi & Parrinello
 * 2019, doi:10.1063/1.5102104).
 */
export interface SimilarityDescriptor {
  kind: 'similarity';
  atoms: number[];
  partners?: number[];
  sigma: number;
  lambda: number;
  environments: [number, number, number][][];
  statistic: AtomStatistic;
}

export type DistributionDescriptor =
  | CoordinationNumberDescriptor
  | RdfDescriptor
  | PairEntropyDescriptor
  | DebyeDescriptor
  | PivDescriptor
  | SimilarityDescriptor;

/** Whether it tells how numbers of many atoms or pairs are distributed. */
export function isDistribution(descriptor: { kind: string }): descriptor is DistributionDescriptor {
  return /^(coordination-number|rdf|pair-entropy|debye|piv|similarity)$/.test(descriptor.kind);
}

/** Whether a group and its partners are the same number the other way round. */
export function isSymmetric({ kind }: { kind: string }): boolean {
  return !/^(coordination-number|pair-entropy|similarity)$/.test(kind);
}

const mostBins = 4096;
const isPositive = (number: number): boolean => number > 0 && Number.isFinite(number);

function gridProblem({ rmax, sigma, bins }: DistanceGrid, bin = 0): string | undefined {
  const good =
    isPositive(rmax) && isPositive(sigma) && Number.isInteger(bins) && bins >= 1 && bins <= mostBins;
  if (!good) return `rmax and sigma above 0, and 1 to ${mostBins} bins`;
  return Number.isInteger(bin) && bin >= 0 && bin < bins ? undefined : `a bin from 0 to ${bins - 1}`;
}

function similarityProblem({
  sigma,
  lambda,
  environments,
  statistic,
}: SimilarityDescriptor): string | undefined {
  if (!isPositive(sigma) || !isPositive(lambda)) return 'sigma and lambda above 0';
  const good = environments.every(
    (vectors) =>
      vectors.length > 0 && vectors.every((vector) => vector.length === 3 && vector.every(Number.isFinite)),
  );
  return environments.length > 0 && good
    ? statisticProblem(statistic)
    : 'environments of one vector or more each';
}

/**
 * What numbers of a distribution should have been; undefined where they make one. The switching function is looked at elsewhere.
 * @param pairs how many pairs there are
 */
export function distributionProblem(descriptor: DistributionDescriptor, pairs: number): string | undefined {
  switch (descriptor.kind) {
    case 'coordination-number':
      return descriptor.switching.dmax === undefined
        ? 'a switching function with dmax'
        : statisticProblem(descriptor.statistic);
    case 'rdf':
      return gridProblem(descriptor.grid, descriptor.bin);
    case 'pair-entropy':
      return gridProblem(descriptor.grid);
    case 'debye':
      return isPositive(descriptor.q) && isPositive(descriptor.window) ? undefined : 'q and window above 0';
    case 'similarity':
      return similarityProblem(descriptor);
    default: {
      const { rank, volume } = descriptor;
      if (!Number.isInteger(rank) || rank < 0 || rank >= pairs) return `a rank from 0 to ${pairs - 1}`;
      return volume === undefined || isPositive(volume) ? undefined : 'a volume above 0';
    }
  }
}

/** The words of a line of the model file behind the atoms, and behind the switching function where there is one. */
export function distributionWords(descriptor: DistributionDescriptor): (string | number)[] {
  switch (descriptor.kind) {
    case 'coordination-number':
      return statisticWords(descriptor.statistic);
    case 'rdf':
    case 'pair-entropy': {
      const { rmax, sigma, bins } = descriptor.grid;
      return ['grid', rmax, sigma, bins, ...(descriptor.kind === 'rdf' ? ['bin', descriptor.bin] : [])];
    }
    case 'debye':
      return ['q', descriptor.q, 'window', descriptor.window];
    case 'piv':
      return [
        'rank',
        descriptor.rank,
        ...(descriptor.volume === undefined ? [] : ['volume', descriptor.volume]),
      ];
    default: {
      const { sigma, lambda, environments, statistic } = descriptor;
      const words = environments.flatMap((vectors) => ['environment', ...vectors.flat()]);
      return ['sigma', sigma, 'lambda', lambda, ...words, ...statisticWords(statistic)];
    }
  }
}

interface Option {
  word: string;
  numbers: number[];
}

/** The numbers of options that each stand once, in this order; undefined where others do. */
function inOrder(options: readonly Option[], expected: Record<string, number>): number[] | undefined {
  const words = Object.entries(expected);
  const good =
    options.length === words.length &&
    words.every(([word, count], i) => options[i].word === word && options[i].numbers.length === count);
  return good ? options.flatMap(({ numbers }) => numbers) : undefined;
}

function triples(numbers: readonly number[]): [number, number, number][] | undefined {
  if (numbers.length === 0 || numbers.length % 3 !== 0) return undefined;
  return Array.from({ length: numbers.length / 3 }, (_, i) => [
    numbers[3 * i],
    numbers[3 * i + 1],
    numbers[3 * i + 2],
  ]);
}

function readSimilarity(
  options: readonly Option[],
): Pick<SimilarityDescriptor, 'sigma' | 'lambda' | 'environments' | 'statistic'> | undefined {
  const first = inOrder(options.slice(0, 2), { sigma: 1, lambda: 1 });
  const last = options.at(-1);
  const statistic = last && readStatistic(last.word, last.numbers);
  const middle = options
    .slice(2, -1)
    .map(({ word, numbers }) => (word === 'environment' ? triples(numbers) : undefined));
  const environments = middle.filter((each) => each !== undefined);
  if (!first || !statistic || environments.length !== middle.length) return undefined;
  return { sigma: first[0], lambda: first[1], environments, statistic };
}

/**
 * What the options of a line mean, whatever their numbers; undefined where some are missing or too many.
 * @param kind of a distribution
 * @param options behind the atoms, without the switching function where there is one
 */
export function readDistribution(kind: string, options: readonly Option[]): object | undefined {
  if (kind === 'coordination-number') {
    const statistic = options.length === 1 ? readStatistic(options[0].word, options[0].numbers) : undefined;
    return statistic && { statistic };
  }
  if (kind === 'similarity') return readSimilarity(options);
  if (kind === 'debye') {
    const found = inOrder(options, { q: 1, window: 1 });
    return found && { q: found[0], window: found[1] };
  }
  if (kind === 'piv') {
    const scaled = options.length === 2;
    const found = inOrder(options, { rank: 1, ...(scaled && { volume: 1 }) });
    return found && { rank: found[0], ...(scaled && { volume: found[1] }) };
  }
  const found = inOrder(options, { grid: 3, ...(kind === 'rdf' && { bin: 1 }) });
  if (!found) return undefined;
  const [rmax, sigma, bins, bin] = found;
  return { grid: { rmax, sigma, bins }, ...(kind === 'rdf' && { bin }) };
}

/** Thousandths, as a label has no point of its own. */
const thousandths = (value: number): string => {
  const whole = Math.round(1000 * value);
  return whole < 0 ? `m${-whole}` : `${whole}`;
};

function statisticName(statistic: AtomStatistic): string {
  if (statistic.of === 'mean') return '.mean';
  if (statistic.of === 'moment') return `.moment-${statistic.order}`;
  if (statistic.of === 'above') return `.above-${thousandths(statistic.threshold)}`;
  return `.${thousandths(statistic.lower)}to${thousandths(statistic.upper)}`;
}

/** What a label tells before the atoms, and behind the dot. */
export function distributionLabel(descriptor: DistributionDescriptor): { prefix: string; component: string } {
  switch (descriptor.kind) {
    case 'coordination-number':
      return { prefix: 'cna', component: statisticName(descriptor.statistic) };
    case 'rdf':
      return { prefix: 'rdf', component: `.${descriptor.bin + 1}` };
    case 'pair-entropy':
      return { prefix: 's2', component: '' };
    case 'debye':
      return { prefix: `debye_${thousandths(descriptor.q)}`, component: '' };
    case 'piv':
      return { prefix: 'piv', component: `.${descriptor.rank + 1}` };
    default:
      return { prefix: 'sim', component: statisticName(descriptor.statistic) };
  }
}

/** The one of those whose labels are alike before the dot that stands for all of them. */
export function firstOfDistribution(descriptor: DistributionDescriptor): DistributionDescriptor {
  if ('statistic' in descriptor) return { ...descriptor, statistic: { of: 'mean' } };
  if (descriptor.kind === 'rdf') return { ...descriptor, bin: 0 };
  return descriptor.kind === 'piv' ? { ...descriptor, rank: 0 } : descriptor;
}
