import { LatentcvError } from '../support/index.js';

/**
 * A structure that a group of atoms is aligned to, by translation and rotation without reflection, so that
 * Σ weight · |aligned position − position|² is smallest (Kearsley 1989, doi:10.1107/S0108767388010128). In a periodic
 * box the group is first made whole along the shortest tree that joins `positions`.
 */
export interface AlignmentReference {
  /** PLUMED serials, or, in a `DescriptorSet`, places in the set's list; each atom once. */
  atoms: number[];
  /** Of any sum: masses, or 1 each. An atom of weight 0 is carried along without being aligned. */
  weights: number[];
  /** One `[x, y, z]` per atom, nm. */
  positions: [number, number, number][];
}

/** As the plugin has it. */
const mostAtoms = 4096;

/** The sum of the covariance's principal minors, and the square of its trace: their ratio is 0 for points in line. */
function planarity({ weights, positions }: AlignmentReference): number {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mean = (f: (p: number[]) => number): number =>
    positions.reduce((sum, p, i) => sum + (weights[i] / total) * f(p), 0);
  const centre = [0, 1, 2].map((a) => mean((p) => p[a]));
  const c = (a: number, b: number): number => mean((p) => (p[a] - centre[a]) * (p[b] - centre[b]));
  const minor = (a: number, b: number): number => c(a, a) * c(b, b) - c(a, b) ** 2;
  return (minor(0, 1) + minor(1, 2) + minor(2, 0)) / (c(0, 0) + c(1, 1) + c(2, 2)) ** 2;
}

/** What a reference should have been, or undefined where atoms can be aligned to it. */
export function referenceProblem(reference: AlignmentReference): string | undefined {
  const { atoms, weights, positions } = reference;
  if (weights.length !== atoms.length || positions.length !== atoms.length)
    return 'as many weights and positions as atoms';
  if (new Set(atoms).size < atoms.length) return 'different atoms';
  if (atoms.length > mostAtoms) return `at most ${mostAtoms} atoms`;
  if (!weights.every((w) => w >= 0 && Number.isFinite(w))) return 'weights of at least 0';
  if (!positions.every((p) => p.length === 3 && p.every(Number.isFinite)))
    return 'positions of three numbers';
  // as far from a line as rounding allows to tell
  return planarity(reference) > 1e-12
    ? undefined
    : 'at least three atoms with a weight that are not in one line';
}

/** Lines of the model file, `NUMBER ATOM WEIGHT X Y Z`, atoms counted from 0 in the set's list. */
export function formatReferences(references: readonly AlignmentReference[]): string[] {
  return references.flatMap(({ atoms, weights, positions }, number) =>
    atoms.map((atom, i) => [number, atom, weights[i], ...positions[i]].join(' ')),
  );
}

function badReferences(expected: string, received: string): LatentcvError {
  return new LatentcvError(
    'bad-model',
    `expected ${expected} in latentcv.descriptors.references but received ${received}`,
  );
}

/**
 * Reads what `formatReferences` wrote, each row the numbers of a line.
 * @throws LatentcvError `bad-model` for rows that are none, for atoms that the list of `atomCount` lacks, and for a
 *   reference to which nothing can be aligned
 */
export function parseReferences(rows: readonly number[][], atomCount: number): AlignmentReference[] {
  const references: AlignmentReference[] = [];
  rows.forEach((row) => {
    const [number, atom, weight, ...position] = row;
    const follows = number === references.length || (number >= 0 && number === references.length - 1);
    const known = Number.isInteger(atom) && atom >= 0 && atom < atomCount;
    if (row.length !== 6 || !follows || !known)
      throw badReferences(`reference, atom (of ${atomCount}), weight, x, y, z`, `"${row.join(' ')}"`);
    if (number === references.length) references.push({ atoms: [], weights: [], positions: [] });
    const reference = references[number];
    reference.atoms.push(atom);
    reference.weights.push(weight);
    reference.positions.push(position as [number, number, number]);
  });
  references.forEach((reference, number) => {
    const problem = referenceProblem(reference);
    if (problem !== undefined) throw badReferences(problem, `reference ${number}`);
  });
  return references;
}
