import type { StructureContents } from '../../native/index.js';

/** Residues of a structure: stretches of atoms that the file says are of one. */
export interface Residues {
  /** Each atom's residue, from 0. */
  of: Uint32Array;
  /** The first atom of each, and past the last one. */
  starts: Uint32Array;
}

/**
 * Residues are told apart by chain, segment, number, insertion code and name, and a later one of the same number is
 * another: files count them in a few digits. Atoms of a file that tells none of these are all of one.
 */
export function findResidues(contents: StructureContents): Residues {
  const { residueIds } = contents;
  const words = [contents.residueNames, contents.chains, contents.segments, contents.insertionCodes];
  const begins = (atom: number): boolean =>
    atom === 0 ||
    !Object.is(residueIds[atom], residueIds[atom - 1]) ||
    words.some(({ of }) => of[atom] !== of[atom - 1]);
  const of = new Uint32Array(residueIds.length);
  const starts: number[] = [];
  for (let atom = 0; atom < of.length; atom++) {
    if (begins(atom)) starts.push(atom);
    of[atom] = starts.length - 1;
  }
  return { of, starts: Uint32Array.from([...starts, of.length]) };
}
