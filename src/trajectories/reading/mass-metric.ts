import { atomsOfDescriptors, type DescriptorSet } from '../../descriptors/index.js';
import type { MassMetric } from './trajectory-reading.js';

/** Products of gradients for a frame beyond which a training takes the gradient by its inputs instead, unless it is told not to. */
export const mostMetricPairs = 4096;

/**
 * The products ∂a/∂x M⁻¹ ∂b/∂xᵀ of the set's descriptors that are not 0 whatever the positions: those of pairs that have an atom in common,
 * through points and alignments too, and of each with itself. With them the gradient of any function of the descriptors
 * by mass-weighted coordinates is known.
 * @param masses amu, of the atom of each serial, from 1; 0 where it is not known
 * @param counts which of the items count, by their place
 * @param most pairs that are wanted
 * @returns why not, in words, where an atom has no mass or there are more pairs
 */
export function massMetric(
  set: DescriptorSet,
  masses: ArrayLike<number>,
  counts: (place: number) => boolean = () => true,
  most = Infinity,
): MassMetric | string {
  const without = set.atoms.find((serial) => !(masses[serial - 1] > 0));
  if (without !== undefined)
    return `the mass of atom ${without}${set.names ? ` (${set.names[set.atoms.indexOf(without)]})` : ''} is not known`;
  const atoms = atomsOfDescriptors(set);
  const places = [...set.items.keys()].filter(counts);
  const pairs: (readonly [number, number])[] = [];
  for (let one = 0; one < places.length; one++) {
    for (let other = one; other < places.length; other++) {
      const pair = [places[one], places[other]] as const;
      if (share(atoms[pair[0]], atoms[pair[1]])) pairs.push(pair);
    }
    if (pairs.length > most) return `more than ${most} pairs of descriptors have atoms in common`;
  }
  return { pairs, masses: set.atoms.map((serial) => masses[serial - 1]) };
}

function share(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const atom of few) if (many.has(atom)) return true;
  return false;
}
