import type { DescriptorSet } from '../../descriptors/index.js';
import { LatentcvError } from '../../support/index.js';
import { findAtoms } from './find-atoms.js';
import type { Structure } from '../structure/index.js';

/**
 * The same descriptors in another system that holds the molecule, such as the solvated one, and what is to be told of
 * how its atoms were found by their names.
 * @throws LatentcvError `bad-argument` for an atom that the system has not, or a model that does not tell its atoms'
 *   names
 */
export function renumbered(
  set: DescriptorSet,
  structure: Structure,
): { set: DescriptorSet; notes: string[] } {
  if (!set.names)
    throw new LatentcvError(
      'bad-argument',
      'expected a model that tells the names of its atoms but it has none',
      'models that were trained from trajectories have them',
    );
  const { atoms, notes } = findAtoms(set.names, structure);
  return { set: { ...set, atoms: atoms.map((atom) => atom + 1) }, notes };
}
