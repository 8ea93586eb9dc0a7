import { invalidArgument } from '../../src/support/errors.js';
import { Random } from '../../src/support/random.js';
import type { DescriptorSet } from '../../src/descriptors/index.js';

/** Atoms of the system that all cases read. */
export const systemAtoms = 500;

/** Descriptors of one kind; `atoms` are those of each, from 0. */
export interface DescriptorCase {
  name: '45-distances' | '1000-distances' | '100-torsions';
  kind: 'distance' | 'torsion';
  atoms: number[][];
  bars?: Bars;
}

/** What the project's plan expects at least: times the frames per second of each, and the share that is decoding. */
export interface Bars {
  mdtraj: number;
  mdanalysis: number;
  'plumed-driver': number;
}

export const decodingBar = 0.8;

export const descriptorCases: readonly DescriptorCase[] = [
  { name: '45-distances', kind: 'distance', atoms: pairsOfTen() },
  {
    ...{ name: '1000-distances', kind: 'distance', atoms: randomPairs(1000) },
    bars: { mdtraj: 2, mdanalysis: 3, 'plumed-driver': 15 },
  },
  { name: '100-torsions', kind: 'torsion', atoms: torsions(100) },
];

/** All pairs of ten atoms that lie all over the file, so that none of it need not be unpacked. */
function pairsOfTen(): number[][] {
  const ten = Array.from({ length: 10 }, (_, i) => (i * systemAtoms) / 10 + 49);
  return ten.flatMap((a, i) => ten.slice(i + 1).map((b) => [a, b]));
}

/** Without any order that a reader could profit from. */
function randomPairs(count: number): number[][] {
  const random = new Random(1);
  const atom = (): number => Math.floor(random.uniform(0, systemAtoms));
  return Array.from({ length: count }, () => {
    const a = atom();
    for (;;) {
      const b = atom();
      if (b !== a) return [a, b];
    }
  });
}

/** Four atoms in a row each. */
function torsions(count: number): number[][] {
  return Array.from({ length: count }, (_, i) => [0, 1, 2, 3].map((j) => (i * systemAtoms) / count + j));
}

export function namedCase(name: string): DescriptorCase {
  const found = descriptorCases.find((one) => one.name === name);
  if (found) return found;
  throw invalidArgument(`one of ${descriptorCases.map((one) => one.name).join(', ')}`, '--case', name);
}

/** The case's descriptors for our reader; `empty`: of the same atoms, none. */
export function descriptorSetOf({ kind, atoms }: DescriptorCase, empty = false): DescriptorSet {
  const used = [...new Set(atoms.flat())].sort((a, b) => a - b);
  const place = new Map(used.map((atom, i) => [atom, i]));
  const items = empty ? [] : atoms.map((each) => ({ kind, atoms: each.map((atom) => place.get(atom)!) }));
  return { atoms: used.map((atom) => atom + 1), pbc: true, items } as DescriptorSet;
}
