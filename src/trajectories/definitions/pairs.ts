import { type Places, Neighbours } from '../structure/index.js';
import type { Group } from './places.js';

/** How many pairs there are of different atoms within a group, or of one of each group, each once. */
export function countPairs(a: Group, b?: Group): number {
  if (!b) return (a.length * (a.length - 1)) / 2;
  const inA = new Set<number>(a);
  const common = Array.from(b).filter((atom) => inA.has(atom)).length;
  return a.length * b.length - common - (common * (common - 1)) / 2;
}

/**
 * Each pair of different atoms within a group, or of one of each group, once; of groups that have atoms in common, the
 * lower one first. With a reach, only those that are nearer in the structure, found in a time that grows with their number.
 */
export function* pairsBetween(
  a: Group,
  b?: Group,
  near?: { places: Places; reach: number },
): Generator<[number, number]> {
  const [inA, inB] = [new Set<number>(b ? a : []), new Set<number>(b)];
  const twice = (i: number, j: number): boolean => (b ? i > j && inA.has(j) && inB.has(i) : i > j);
  const neighbours = near && new Neighbours(near.places, Uint32Array.from(b ?? a), near.reach);
  for (const [place, i] of a.entries()) {
    const partners = neighbours ? sortedNeighbours(neighbours, i) : (b ?? a.subarray(place + 1));
    for (const j of partners) if (i !== j && !twice(i, j)) yield [i, j];
  }
}

function sortedNeighbours(neighbours: Neighbours, atom: number): number[] {
  const found: number[] = [];
  neighbours.near(atom, (other) => found.push(other));
  return found.sort((i, j) => i - j);
}
