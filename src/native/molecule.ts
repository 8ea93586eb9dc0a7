import { expectList } from '../support/index.js';
import { loadAddon } from './addon.js';
import type { MoleculeComparison, NamedAtom } from './addon-types.js';
import { rethrow } from './rethrow.js';

/**
 * Compares a model's names of atoms (`ALA 2 CA`, `ASN 163H CA B 2`) with what a structure says of them, as `ONNX_MODEL` does before step 0.
 * @throws LatentcvError `bad-model` for a name of another form.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function compareMolecule(
  expected: readonly string[],
  atoms: readonly NamedAtom[],
): MoleculeComparison {
  expectList(expected, 'expected');
  expectList(atoms, 'atoms');
  return rethrow(() => loadAddon().compareMolecule(expected, atoms));
}
