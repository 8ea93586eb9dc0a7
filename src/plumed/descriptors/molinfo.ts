import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DescriptorSet } from '../../descriptors/index.js';
import { compareMolecule, type NamedAtom } from '../../native/index.js';
import { LatentcvError } from '../../support/index.js';
import { expectInput, type PlumedInput } from '../parse-input.js';
import { readPdbAtoms } from './pdb-atoms.js';
import { placeOf } from '../statement.js';

const absent = (serial: number): NamedAtom => ({
  serial,
  there: false,
  name: '',
  residue: '',
  chain: '',
  residueNumber: 0,
  insertionCode: '',
});

/**
 * Holds the names of a model's atoms against the structure that the last MOLINFO gives, where the input has one and the
 * model tells names, as `ONNX_MODEL` will before step 0. Returns what is written otherwise there (residue numbers,
 * names of states), empty for nothing.
 * @throws LatentcvError `plumed-input` for a model of another molecule
 */
export async function checkMolinfo(
  input: PlumedInput,
  set: DescriptorSet | undefined,
  folder: string,
): Promise<string> {
  expectInput(input);
  const statement = input.statements.findLast(({ action }) => action === 'MOLINFO');
  const structure = statement?.keywords.get('STRUCTURE');
  if (!statement || structure === undefined || !set?.names) return '';
  const text = await readFile(resolve(folder, structure), 'utf8').catch(() => undefined);
  if (text === undefined) return '';
  // PLUMED keeps no insertion codes
  const there = new Map(
    readPdbAtoms(text).map((atom) => [atom.serial, { ...atom, there: true, insertionCode: '' }]),
  );
  const atoms = set.atoms.map((serial): NamedAtom => there.get(serial) ?? absent(serial));
  const { difference, renamed } = compareMolecule(set.names, atoms);
  if (difference === '') return renamed;
  throw new LatentcvError(
    'plumed-input',
    `expected the model's atoms in ${structure} of MOLINFO (${placeOf(statement)}) but ${difference}`,
    'the model is of another molecule, or its atoms are numbered otherwise here: ‘renumber: STRUCTURE’ finds them by name',
  );
}
