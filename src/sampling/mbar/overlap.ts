import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { LatentcvError, expectList, expectObject, fixed, shortList } from '../../support/index.js';
import type { ShareSums } from './shares.js';
import { sideOf, spanningTree } from './spanning-tree.js';

/** Two states next to each other, and how well the frames tell how their free energies differ. */
export interface NeighbourOverlap {
  states: readonly [number, number];
  /** The smaller of the two entries of the overlap matrix. */
  overlap: number;
  /**
   * Frames' worth of what the two sides share when all states are parted between these two: 1/σ² of the difference of their
   * free energies is about that.
   */
  shared: number;
  /** All states on the side of the second. */
  beyond: readonly number[];
}

/**
 * Neighbours that overlap by less hardly join: "the values in the first off-diagonals should be at least 0.03" (Klimovich,
 * Shirts & Mobley 2015, doi:10.1007/s10822-015-9840-9).
 */
export const leastOverlap = 0.03;

/** Less than this of a frame's worth is nothing: 1/σ² of a free energy, so σ above 2 kT. */
const leastShared = 0.25;

/** `[states, states]` of those with frames. */
export function overlapOf({ products }: ShareSums, counts: Float64Array): Float64Array {
  return products.map((product, at) => product / counts[Math.floor(at / counts.length)]);
}

/** Of a matrix that is similar to a symmetric one: √N_i Σ_n W_i W_j √N_j. */
export function overlapEigenvalues({ products }: ShareSums, counts: Float64Array): Float64Array {
  const width = counts.length;
  const matrix = Matrix.zeros(width, width);
  for (let a = 0; a < width; a++)
    for (let b = 0; b < width; b++)
      matrix.set(a, b, products[a * width + b] / Math.sqrt(counts[a] * counts[b]));
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues).sort().reverse();
}

/** The tree of the largest overlaps over the states with frames. */
export function neighboursOf({ products }: ShareSums, counts: Float64Array): NeighbourOverlap[] {
  const width = counts.length;
  const overlap = (a: number, b: number): number => products[a * width + b] / Math.max(counts[a], counts[b]);
  const tree = spanningTree(width, (a, b) => -overlap(a, b));
  return tree
    .map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]))
    .sort((one, other) => one[0] - other[0] || one[1] - other[1])
    .map((states, _, all) => {
      const beyond = sideOf(states, all);
      let shared = 0;
      for (let a = 0; a < width; a++)
        if (!beyond.has(a)) for (const b of beyond) shared += products[a * width + b];
      return { states, overlap: overlap(...states), shared, beyond: [...beyond].sort((a, b) => a - b) };
    });
}

/**
 * Refuses states that fall apart into groups, whose free energies no frame compares.
 * @param apart how far two states are apart, for the pair between which one more is needed
 */
export function expectOverlap(
  neighbours: readonly NeighbourOverlap[],
  names: readonly string[],
  apart: (a: number, b: number) => number,
): void {
  const gap = neighbours.find(({ shared }) => !(shared >= leastShared));
  if (!gap) return;
  const ofFirst = gap.beyond.includes(0);
  const all = Array.from(names.keys());
  const before = all.filter((state) => gap.beyond.includes(state) === ofFirst);
  const beyond = all.filter((state) => gap.beyond.includes(state) !== ofFirst);
  const pairs = before.flatMap((a) => beyond.map((b): [number, number] => [a, b]));
  const [a, b] = pairs.reduce((best, pair) => (apart(...pair) < apart(...best) ? pair : best));
  const list = (states: readonly number[]): string =>
    shortList(
      states.map((state) => names[state]),
      4,
    );
  throw new LatentcvError(
    'bad-data',
    `expected overlapping windows but ${list(before)} and ${list(beyond)} share no frame`,
    `add a window between ${names[a]} and ${names[b]}, or give the windows of one side alone`,
  );
}

/** What is asked of a window's place, for a sentence. */
export interface WindowPlaces {
  /** Where each window is: 1.2, "phi 1.2". */
  places?: readonly (number | string)[] | undefined;
  /** Neighbours that overlap by less are told; default `leastOverlap`. */
  least?: number;
}

/**
 * `windows 7 and 8 hardly overlap (0.01): add one between 1.2 and 1.4`, one sentence for each such pair.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function hardlyOverlapping(
  solution: { states: readonly string[]; neighbours: readonly NeighbourOverlap[] },
  { places, least = leastOverlap }: WindowPlaces = {},
): string[] {
  expectObject(solution, 'solution', 'what solveMbar gives');
  const { states, neighbours } = solution;
  expectList(neighbours, 'solution.neighbours');
  if (places !== undefined) expectList(places, 'places', states.length);
  return neighbours
    .filter(({ overlap }) => overlap < least)
    .map((pair) => overlapInWords(pair, states, places));
}

/** The sentence about one pair. */
export function overlapInWords(
  { states: [a, b], overlap }: NeighbourOverlap,
  names: readonly string[],
  places?: readonly (number | string)[],
): string {
  const value = overlap < 0.005 ? 'below 0.01' : fixed(overlap, 2);
  const between = places ? `add one between ${places[a]} and ${places[b]}` : 'add one between them';
  return `windows ${names[a]} and ${names[b]} hardly overlap (${value}): ${between}`;
}
