import { bondRadiusOf } from './elements.js';
import type { Places } from './lattice.js';
import { Neighbours } from './neighbours.js';

/** Atoms (from 0) that bonds join in twos, threes in a row and fours in a row, one after the other. */
export interface Connections {
  bonds: Uint32Array;
  angles: Uint32Array;
  torsions: Uint32Array;
}

/** Atoms that are nearer than this, nm, are one that is there twice. */
const coincident = 0.003;

/** Share of the sum of two atoms' radii within which they are bonded. */
const share = 0.6;

/**
 * Bonds among atoms by distance and element, by VMD's rule: nearer than 0.6 of the sum of their radii, and no bond between
 * hydrogens that have another. Pairs of atoms, ascending.
 */
export function bondsByDistance(
  places: Places,
  elements: readonly string[],
  atoms: Uint32Array,
): Uint32Array {
  const radii = new Map(
    [...new Set(Array.from(atoms, (atom) => elements[atom]))].map((e) => [e, bondRadiusOf(e)]),
  );
  const longest = 2 * share * Math.max(0, ...radii.values());
  const neighbours = new Neighbours(places, atoms, longest);
  const pairs: [number, number][] = [];
  for (const atom of atoms) {
    const radius = radii.get(elements[atom])!;
    neighbours.near(atom, (other, squared) => {
      if (other < atom) return;
      const reach = share * (radius + radii.get(elements[other])!);
      if (squared < reach * reach && squared > coincident * coincident) pairs.push([atom, other]);
    });
  }
  return sorted(withoutHydrogenPairs(pairs, elements));
}

function withoutHydrogenPairs(pairs: [number, number][], elements: readonly string[]): [number, number][] {
  const degree = new Map<number, number>();
  for (const pair of pairs)
    for (const atom of pair) if (elements[atom] === 'H') degree.set(atom, (degree.get(atom) ?? 0) + 1);
  return pairs.filter(
    ([i, j]) => elements[i] !== 'H' || elements[j] !== 'H' || (degree.get(i) === 1 && degree.get(j) === 1),
  );
}

/** What each atom of a system is bonded to, in typed arrays: a system may have millions. */
export class Bonded {
  private readonly starts: Uint32Array;
  private readonly others: Uint32Array;

  constructor(
    /** Pairs of atoms, each once. */
    bonds: Uint32Array,
    readonly atoms: number,
  ) {
    this.starts = new Uint32Array(atoms + 1);
    for (const atom of bonds) this.starts[atom + 1]++;
    for (let i = 0; i < atoms; i++) this.starts[i + 1] += this.starts[i];
    const next = this.starts.slice();
    this.others = new Uint32Array(bonds.length);
    for (let at = 0; at < bonds.length; at++) this.others[next[bonds[at]]++] = bonds[at ^ 1];
  }

  to(atom: number): Uint32Array {
    return this.others.subarray(this.starts[atom], this.starts[atom + 1]);
  }
}

/** Each pair once, the lower atom first, ascending. */
export function uniqueBonds(bonds: Uint32Array, atoms: number): Uint32Array {
  const keys = new Float64Array(bonds.length / 2);
  for (let i = 0; i < keys.length; i++) {
    const [a, b] = [bonds[2 * i], bonds[2 * i + 1]];
    keys[i] = Math.min(a, b) * atoms + Math.max(a, b);
  }
  keys.sort();
  const unique = keys.filter((key, i) => i === 0 || key !== keys[i - 1]);
  const pairs = new Uint32Array(2 * unique.length);
  unique.forEach((key, i) => {
    pairs[2 * i] = Math.floor(key / atoms);
    pairs[2 * i + 1] = key % atoms;
  });
  return pairs;
}

/** Angles and torsions along bonds, each once and ascending. */
export function connectionsOf(bonds: Uint32Array, bonded: Bonded): Connections {
  const angles: number[][] = [];
  const torsions: number[][] = [];
  for (const middle of new Set(bonds)) {
    const ends = bonded.to(middle);
    for (const i of ends) for (const k of ends) if (i < k) angles.push([i, middle, k]);
    for (const next of ends) {
      if (next < middle) continue;
      for (const i of ends)
        for (const l of bonded.to(next))
          if (i !== next && l !== middle && i !== l) torsions.push(forwards([i, middle, next, l]));
    }
  }
  return { bonds, angles: sorted(angles), torsions: sorted(torsions) };
}

/** Of both ways to say a torsion, the one that ends at the highest atom's side. */
const forwards = (atoms: number[]): number[] =>
  Math.max(atoms[0], atoms[1]) < Math.max(atoms[2], atoms[3]) ? atoms : atoms.reverse();

function sorted(rows: number[][]): Uint32Array {
  rows.sort((a, b) => {
    const at = a.findIndex((atom, i) => atom !== b[i]);
    return at < 0 ? 0 : a[at] - b[at];
  });
  return Uint32Array.from(rows.flat());
}
