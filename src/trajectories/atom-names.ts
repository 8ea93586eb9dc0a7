import { LatentcvError } from '../support/errors.js';
import type { Structure } from './structure.js';

/** What an atom is called whatever its number: `ALA 2 CA`; `-` for what the file does not say. */
export function atomName({ names, residueNames, residueIds }: Structure, atom: number): string {
  const id = residueIds[atom];
  const words = [residueNames[atom], Number.isNaN(id) ? '' : String(id), names[atom]];
  return words.map((word) => word.replaceAll(/\s+/g, '') || '-').join(' ');
}

/**
 * Names of atoms given by serial (from 1).
 * @throws LatentcvError `bad-argument` for a serial that the structure has not.
 */
export function atomNames(structure: Structure, serials: readonly number[]): string[] {
  const bad = serials.find((serial) => serial < 1 || serial > structure.size);
  if (bad !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected atoms from 1 to ${structure.size}, as ${structure.path} has, but received atom ${bad}`,
    );
  return serials.map((serial) => atomName(structure, serial - 1));
}
