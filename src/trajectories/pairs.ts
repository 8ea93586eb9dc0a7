import type { Structure } from './structure.js';

/** The length of the minimum image of i → j in a structure, nm. Exact for boxes that are not very skewed. */
export function distanceIn({ positions, box }: Structure, i: number, j: number): number {
  const d = [0, 1, 2].map((axis) => positions[3 * j + axis] - positions[3 * i + axis]);
  // box vectors are rows of a lower triangle, so the last is wrapped first
  for (const row of box ? [2, 1, 0] : []) {
    const edge = box![4 * row];
    const times = edge === 0 ? 0 : Math.round(d[row] / edge);
    for (const axis of [0, 1, 2]) d[axis] -= times * box![3 * row + axis];
  }
  return Math.hypot(...d);
}

/** Each pair of different atoms within a group, or of one of each group, once. */
export function pairsBetween(a: Uint32Array, b?: Uint32Array): [number, number][] {
  if (!b) return [...a].flatMap((i, n) => Array.from(a.subarray(n + 1), (j): [number, number] => [i, j]));
  const [inA, inB] = [new Set(a), new Set(b)];
  const pairs: [number, number][] = [];
  for (const i of a)
    for (const j of b) {
      const twice = i > j && inA.has(j) && inB.has(i);
      if (i !== j && !twice) pairs.push([i, j]);
    }
  return pairs;
}
