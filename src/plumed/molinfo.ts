import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DescriptorSet } from '../descriptors/index.js';
import { LatentcvError } from '../support/errors.js';
import type { PlumedInput } from './parse-input.js';
import { placeOf } from './statement.js';

interface NamedAtom {
  residue: string;
  name: string;
}

/** Atoms of a PDB file's first structure by serial. */
function readPdbAtoms(text: string): Map<number, NamedAtom> {
  const atoms = new Map<number, NamedAtom>();
  for (const line of text.split(/\r?\n/)) {
    if (/^(END|TER\s*$)/.test(line) && line.startsWith('END')) break;
    if (!/^(ATOM {2}|HETATM)/.test(line)) continue;
    const serial = Number(line.slice(6, 11));
    atoms.set(serial, { name: line.slice(12, 16).trim(), residue: line.slice(17, 21).trim() });
  }
  return atoms;
}

/** Hydrogens' digits stand first or last; histidine has a name for each of its states. */
const sameName = (a: string, b: string): boolean => [...a].sort().join('') === [...b].sort().join('');
const histidine = /^H(IS|ID|IE|IP|SD|SE|SP)/;
const sameResidue = (a: string, b: string): boolean =>
  a === b ||
  (histidine.test(a) && histidine.test(b)) ||
  (a.length > 3 && a.slice(1) === b) ||
  (b.length > 3 && b.slice(1) === a);

/**
 * Holds the names of a model's atoms against the structure that MOLINFO gives, where the input has one and the model
 * tells names. Throws `plumed-input` for the first atom that is another, so that a model of another molecule is
 * refused before step 0.
 */
export async function checkMolinfo(
  input: PlumedInput,
  set: DescriptorSet | undefined,
  folder: string,
): Promise<void> {
  const statement = input.statements.find(({ action }) => action === 'MOLINFO');
  const structure = statement?.keywords.get('STRUCTURE');
  if (!statement || structure === undefined || !set?.names) return;
  const text = await readFile(resolve(folder, structure), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const atoms = readPdbAtoms(text);
  set.atoms.forEach((serial, i) => {
    const [residue, , name] = set.names![i].split(' ');
    const there = atoms.get(serial);
    const same =
      there !== undefined &&
      sameName(there.name, name) &&
      (residue === '-' || sameResidue(there.residue, residue));
    if (same) return;
    throw new LatentcvError(
      'plumed-input',
      `expected atom ${serial} to be ${set.names![i]}, as in the model, but ${structure} of MOLINFO (${placeOf(statement)}) ` +
        (there ? `has ${there.residue} ${there.name}` : 'has no such atom'),
      'the model is of another molecule, or its atoms are numbered otherwise here: --renumber STRUCTURE finds them by name',
    );
  });
}
