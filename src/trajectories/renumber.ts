import type { DescriptorSet } from '../descriptors/index.js';
import { LatentcvError } from '../support/errors.js';
import { atomName } from './atom-names.js';
import type { Structure } from './structure.js';

/**
 * The same descriptors in another system that holds the molecule, such as the solvated one: atoms are found by residue
 * and name. Where the system has several of them (copies of a molecule), the first stretch is taken, and `copies` says
 * how many there are. Throws LatentcvError `bad-argument` for an atom that the system has not, or a model that does not
 * tell its atoms' names.
 */
export function renumbered(set: DescriptorSet, structure: Structure): { set: DescriptorSet; copies: number } {
  if (!set.names)
    throw new LatentcvError(
      'bad-argument',
      'expected a model that tells the names of its atoms but it has none',
      'models that were trained from trajectories have them',
    );
  const met = new Set<string>();
  const twice = set.names.find((name) => met.size === met.add(name).size);
  if (twice !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected atoms with names of their own but the model has several "${twice}"`,
    );
  const places = new Map<string, number[]>();
  for (let atom = 0; atom < structure.size; atom++) {
    const name = atomName(structure, atom);
    const same = places.get(name);
    if (same) same.push(atom);
    else places.set(name, [atom]);
  }
  const found = set.names.map((name) => {
    const atoms = places.get(name);
    if (!atoms)
      throw new LatentcvError('bad-argument', `expected the atom ${name} of the model in ${structure.path}`);
    return atoms;
  });
  const copies = Math.min(...found.map((atoms) => atoms.length));
  return { set: { ...set, atoms: found.map(([first]) => first + 1) }, copies };
}
