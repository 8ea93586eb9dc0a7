import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/support/index.js';
import type { AtomicStructure } from '../../src/structures/index.js';

/** Folder of structures that ASE and pymatgen wrote (make.py). */
export const folder = join(packageRoot(), 'test', 'fixtures', 'structures');

/** What ASE's lists of neighbours make of a structure; keys are pairs of elements. */
export interface Reference {
  /** nm³ an atom. */
  volume: number;
  coordination: Record<string, number>;
  rdf: Record<string, number[]>;
}

export const references = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as Record<
  string,
  Reference
>;

/** A cubic cell, edge in nm, of atoms at fractional coordinates. */
export function cubic(
  edge: number,
  atoms: readonly (readonly [string, number, number, number])[],
): AtomicStructure {
  return {
    name: 'cubic',
    otherNames: [],
    place: 'cubic',
    elements: atoms.map(([element]) => element),
    positions: Float64Array.from(atoms.flatMap(([, ...at]) => at.map((x) => x * edge))),
    cell: Float64Array.of(edge, 0, 0, 0, edge, 0, 0, 0, edge),
    facts: new Map(),
  };
}
