/**
 * The pairs that join so many things with the least sum of distances (Prim 1957, doi:10.1002/j.1538-7305.1957.tb01515.x), each
 * with the one that is nearer to the first thing in front.
 */
export function spanningTree(count: number, distance: (a: number, b: number) => number): [number, number][] {
  const [nearest, distances] = [new Int32Array(count), new Float64Array(count).fill(Infinity)];
  const left = new Set(Array.from({ length: count }, (_, i) => i));
  const pairs: [number, number][] = [];
  for (let last = 0; left.delete(last) && left.size > 0; pairs.push([nearest[last], last])) {
    let [next, shortest] = [-1, Infinity];
    for (const other of left) {
      const away = distance(last, other);
      if (away < distances[other]) [distances[other], nearest[other]] = [away, last];
      if (next < 0 || distances[other] < shortest) [next, shortest] = [other, distances[other]];
    }
    last = next;
  }
  return pairs;
}

/** What stays on the side of `b` where the pair is taken out of a tree. */
export function sideOf(
  [a, b]: readonly [number, number],
  tree: readonly (readonly [number, number])[],
): Set<number> {
  const side = new Set([b]);
  for (const at of side)
    for (const [from, to] of tree) {
      if (from === a && to === b) continue;
      if (from === at) side.add(to);
      if (to === at) side.add(from);
    }
  return side;
}
