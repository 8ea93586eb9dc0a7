import { LatentcvError } from '../support/errors.js';
import type { Descriptor } from './descriptor-set.js';

/** A descriptor as the model file writes it: `distance 0 4`, atoms counted from 0 in the set's list. */
export function formatDescriptor({ kind, atoms }: Descriptor): string {
  return [kind, ...atoms].join(' ');
}

/**
 * Reads what `formatDescriptor` wrote. Throws `bad-model` for an unknown kind, a wrong number of atoms, or an atom
 * that the list of `atomCount` atoms lacks.
 */
export function parseDescriptor(line: string, atomCount: number): Descriptor {
  const [kind, ...words] = line.trim().split(/\s+/);
  const atoms = words.map((word) => (/^\d+$/.test(word) ? Number(word) : NaN));
  if (kind !== 'distance' || atoms.length !== 2 || !atoms.every((atom) => atom < atomCount)) {
    throw new LatentcvError(
      'bad-model',
      `expected a descriptor like "distance 0 1" over ${atomCount} atoms but received "${line}"`,
    );
  }
  return { kind, atoms: [atoms[0], atoms[1]] };
}
