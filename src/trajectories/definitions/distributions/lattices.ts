import type { LatticeName } from '../distribution-options.js';

export type Vector = [number, number, number];

/** All signs of each vector's components, each vector once. */
function withSigns(vectors: readonly Vector[]): Vector[] {
  const seen = new Map<string, Vector>();
  for (const [x, y, z] of vectors)
    for (const a of [1, -1])
      for (const b of [1, -1])
        for (const c of [1, -1]) {
          // no -0
          const vector: Vector = [0 + a * x, 0 + b * y, 0 + c * z].map((each) => each || 0) as Vector;
          seen.set(vector.join(' '), vector);
        }
  return [...seen.values()];
}

const along: Vector[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const faces: Vector[] = [
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
];

/** Layers of a hexagonal close packing, of edges 1: atoms around one in its own layer, and above and below it on one side. */
function hexagonal(side: 1 | -1, height: number): Vector[] {
  const root = Math.sqrt(3);
  const own = withSigns([
    [0.5, root / 2, 0],
    [1, 0, 0],
  ]);
  const others: Vector[] = [
    [0.5, (side * root) / 6, 0],
    [-0.5, (side * root) / 6, 0],
    [0, (-side * root) / 3, 0],
  ];
  const above = (z: number): Vector[] => others.map(([x, y]) => [x, y, z]);
  return [...own, ...above(height / 2), ...above(-height / 2)];
}

const tetrahedron: Vector[] = [
  [0.25, 0.25, 0.25],
  [-0.25, -0.25, 0.25],
  [0.25, -0.25, -0.25],
  [-0.25, 0.25, -0.25],
];

/** The environments of a lattice of edge 1, the second constant of hcp by the first; as PLUMED's ENVIRONMENTSIMILARITY has them. */
const ofEdgeOne: Record<LatticeName, (ratio: number) => Vector[][]> = {
  sc: () => [withSigns(along)],
  fcc: () => [withSigns(faces)],
  bcc: () => [withSigns([[0.5, 0.5, 0.5], ...along])],
  hcp: (ratio) => [hexagonal(1, ratio), hexagonal(-1, ratio)],
  diamond: () => [tetrahedron, tetrahedron.map(([x, y, z]) => [x, -y || 0, z])],
};

/** How many constants a lattice has. */
export const constantsOf = (name: LatticeName): number => (name === 'hcp' ? 2 : 1);

/** The vectors from an atom to its neighbours in each of a lattice's environments, nm, with constants in nm. */
export function latticeEnvironments(name: LatticeName, [edge, height = edge]: readonly number[]): Vector[][] {
  return ofEdgeOne[name](height / edge).map((vectors) =>
    vectors.map((vector) => vector.map((x) => x * edge) as Vector),
  );
}
