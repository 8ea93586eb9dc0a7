import { LatentcvError } from '../../support/index.js';

/** Atoms of alanine dipeptide by what they are; numbers are PLUMED serials (from 1). */
export interface AlanineAtoms {
  /** All atoms of the structure. */
  count: number;
  /** C–N–CA–C and N–CA–C–N. */
  phi: readonly [number, number, number, number];
  psi: readonly [number, number, number, number];
}

/**
 * Finds the atoms by residue and name in a GROMACS structure (`.gro`), so that no number is taken on trust.
 *
 * @throws LatentcvError `bad-data` where one of them is missing
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
  return {
    count: serials.size,
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
