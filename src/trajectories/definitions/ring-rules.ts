import type { Descriptor, RingDescriptor } from '../../descriptors/index.js';
import type { Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
import { serial } from './places.js';
import { groupsOf, refusal } from './statement-groups.js';

/** Rings of more atoms than this are none that a plane is asked of. */
const largestRing = 40;

/** A way along bonds through all atoms and back, from the lowest to the lower of its neighbours that lead there; undefined without one. */
export function roundTrip(
  atoms: readonly number[],
  bonded: ReadonlyMap<number, readonly number[]>,
): number[] | undefined {
  const first = Math.min(...atoms);
  const path = [first];
  const visited = new Set(path);
  let left = 100_000;
  const walk = (): boolean => {
    const here = path[path.length - 1];
    if (path.length === atoms.length) return bonded.get(here)?.includes(first) === true;
    for (const next of bonded.get(here) ?? []) {
      if (visited.has(next) || --left < 0) continue;
      path.push(next);
      visited.add(next);
      if (walk()) return true;
      path.pop();
      visited.delete(next);
    }
    return false;
  };
  return atoms.length >= 3 && walk() ? path : undefined;
}

/** The atoms of one ring, or of fused ones, in the order of the bonds around it. */
function ringOf(statement: DefinitionStatement, structure: Structure, atoms: Uint32Array): number[] {
  const member = new Set(atoms);
  const bonded = new Map<number, number[]>();
  if (atoms.length <= largestRing) {
    const { bonds } = structure.connections(atoms);
    for (let b = 0; b < bonds.length; b += 2) {
      const [i, j] = [bonds[b], bonds[b + 1]];
      if (!member.has(i) || !member.has(j)) continue;
      bonded.set(i, [...(bonded.get(i) ?? []), j]);
      bonded.set(j, [...(bonded.get(j) ?? []), i]);
    }
  }
  for (const others of bonded.values()) others.sort((i, j) => i - j);
  const ring = roundTrip(Array.from(atoms), bonded);
  if (ring) return ring.map(serial);
  throw refusal(
    statement,
    `expected the atoms of a ring, bonded all the way round, but the bonds of ${atoms.length} atoms (${Array.from(atoms.subarray(0, 8), serial).join(' ')}${atoms.length > 8 ? ' …' : ''}) do not go through all of them and back`,
    'name the atoms in the ring alone, such as (resname LIG and name C1 C2 C3 C4 C5 C6)',
  );
}

const measures: Record<'rings' | 'stacking', RingDescriptor['kind'][]> = {
  rings: ['ring-distance', 'ring-cosine', 'ring-height', 'ring-offset'],
  stacking: ['ring-distance', 'ring-cosine-squared', 'ring-offset'],
};

/**
 * How two rings stand to each other: `rings` tells their faces apart, `stacking` does not, and is smooth where they are
 * perpendicular.
 * @throws LatentcvError `bad-argument` for a group that is no ring
 */
export const ringRule =
  (kind: 'rings' | 'stacking') =>
  (statement: DefinitionStatement, structure: Structure): Descriptor[] => {
    const [atoms, partners] = groupsOf(statement, structure, 2, 2).map((group) =>
      ringOf(statement, structure, group),
    );
    return measures[kind].map((measure) => ({ kind: measure, atoms, partners }));
  };
