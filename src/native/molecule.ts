import { loadAddon } from './addon.js';
import { rethrow } from './rethrow.js';

/** What a structure says of an atom, as native/core/include/latentcv/molecule.h defines it. */
export interface NamedAtom {
  /** From 1. */
  serial: number;
  /** Whether the structure has it; the rest counts only then. */
  there: boolean;
  name: string;
  residue: string;
  /** Chain or segment; empty where nothing tells. */
  chain: string;
  residueNumber: number;
  /** Empty where nothing tells. */
  insertionCode: string;
}

/** How a model's molecule goes with that of a structure, in words; both empty where they are alike. */
export interface MoleculeComparison {
  /** Atoms that are others: the first of them, and how many. */
  difference: string;
  /** Atoms that are the same under other names, and residues with other numbers. */
  renamed: string;
}

/**
 * Compares a model's names of atoms (`ALA 2 CA`, `ASN 163H CA B 2`) with what a structure says of them, as `ONNX_MODEL` does before step 0.
 * Throws LatentcvError `bad-model` for a name of another form.
 */
export function compareMolecule(
  expected: readonly string[],
  atoms: readonly NamedAtom[],
): MoleculeComparison {
  return rethrow(() => loadAddon().compareMolecule(expected, atoms));
}
