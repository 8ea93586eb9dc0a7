import { distancesBetween } from '../../descriptors/index.js';
import { descriptorStatements } from '../../plumed/index.js';
import { LatentcvError } from '../../support/errors.js';
import { heavyAtomNames } from './alanine-structure.js';

/** Atoms of alanine dipeptide by what they are; numbers are PLUMED serials (from 1). */
export interface AlanineAtoms {
  /** The ten heavy atoms, in the order of the structure file. */
  heavy: { serial: number; name: string }[];
  /** C–N–CA–C and N–CA–C–N. */
  phi: readonly [number, number, number, number];
  psi: readonly [number, number, number, number];
}

/**
 * Finds the atoms by residue and name in a GROMACS structure (`.gro`), so that no number is taken on trust.
 *
 * @throws LatentcvError `bad-data` where a heavy atom is missing
 */
export function alanineAtoms(gro: string): AlanineAtoms {
  const serials = readGroNames(gro);
  const serial = (name: string): number => {
    const found = serials.get(name);
    if (found === undefined) {
      throw new LatentcvError('bad-data', `expected atom ${name} of alanine dipeptide in the structure`);
    }
    return found;
  };
  const heavy = heavyAtomNames.map((name) => ({ serial: serial(name), name }));
  return {
    heavy: heavy.sort((a, b) => a.serial - b.serial),
    phi: [serial('ACE-C'), serial('ALA-N'), serial('ALA-CA'), serial('ALA-C')],
    psi: [serial('ALA-N'), serial('ALA-CA'), serial('ALA-C'), serial('NME-N')],
  };
}

/** `RESIDUE-ATOM` → serial, from the fixed columns of a `.gro` file (title, count, atoms, box). */
function readGroNames(gro: string): Map<string, number> {
  const lines = gro.split('\n');
  const count = Number(lines[1]);
  const names = lines.slice(2, 2 + count);
  return new Map(names.map((line, i) => [`${line.slice(5, 10).trim()}-${line.slice(10, 15).trim()}`, i + 1]));
}

/**
 * The PLUMED input that writes training frames: every distance between heavy atoms (45, nm), φ and ψ (rad).
 *
 * @param stride steps between lines of the COLVAR file; 250 steps of 2 fs are 0.5 ps
 */
export function alanineTrainingInput(atoms: AlanineAtoms, stride = 250, file = 'COLVAR'): string {
  const distances = distancesBetween(atoms.heavy.map((atom) => atom.serial));
  return [
    '# alanine dipeptide: the distances between its heavy atoms, and the torsions that they are judged by',
    ...descriptorStatements(distances),
    `phi: TORSION ATOMS=${atoms.phi.join(',')}`,
    `psi: TORSION ATOMS=${atoms.psi.join(',')}`,
    `PRINT ARG=* STRIDE=${stride} FILE=${file}`,
    '',
  ].join('\n');
}
