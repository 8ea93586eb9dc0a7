import {
  descriptorProblem,
  pairsOf,
  type Descriptor,
  type SortedDistanceDescriptor,
} from '../../descriptors/index.js';

const unique = (atoms: number[]): number[] => [...new Set(atoms)];

/** Whether these distances are exactly those that the descriptor sorts. */
function sameDistances(distances: readonly Descriptor[], sorted: SortedDistanceDescriptor): boolean {
  const pairs = pairsOf(sorted);
  if (pairs.length !== distances.length) return false;
  const key = (pair: readonly number[]): string => pair.toSorted((a, b) => a - b).join();
  const expected = pairs.map(key).sort();
  return distances
    .map(({ atoms }) => key(atoms))
    .sort()
    .every((pair, i) => pair === expected[i]);
}

/** The descriptor of this rank that sorts these distances: all within a group, or all between two. */
export function sortedOf(
  distances: readonly Descriptor[],
  rank: number,
): SortedDistanceDescriptor | undefined {
  if (!distances.every(({ kind }) => kind === 'distance')) return undefined;
  const [first, second] = [0, 1].map((side) => unique(distances.map(({ atoms }) => atoms[side])));
  const candidates: SortedDistanceDescriptor[] = [
    { kind: 'sorted-distance', atoms: unique([...first, ...second]), rank },
    { kind: 'sorted-distance', atoms: first, partners: second, rank },
  ];
  return candidates.find(
    (candidate) => descriptorProblem(candidate) === undefined && sameDistances(distances, candidate),
  );
}
