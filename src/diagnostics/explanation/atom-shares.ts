import { shortList } from '../../support/index.js';
import type { Explanation } from './explain.js';

/** An atom that an input is computed from. */
export interface InputAtom {
  /** From 1. */
  serial: number;
  /** `ALA 2 CA`, where the model tells it. */
  name?: string;
}

/** What an atom has to do with the CVs. */
export interface AtomShare extends InputAtom {
  /** Of each CV: on all frames, then in each state. Over the atoms each sums up to 1. */
  share: number[][];
}

/** The inputs' shares, each dealt out evenly to the atoms that the input is computed from. */
export function atomShares(
  { sensitivity }: Pick<Explanation, 'sensitivity'>,
  atomsOfInputs: readonly (readonly InputAtom[])[],
): AtomShare[] {
  const k = sensitivity[0].length;
  const none = (): number[][] => Array.from({ length: k }, () => sensitivity.map(() => 0));
  const shares = new Map<number, AtomShare>();
  atomsOfInputs.forEach((atoms, input) => {
    for (const atom of atoms) {
      const own = shares.get(atom.serial) ?? { ...atom, share: none() };
      shares.set(atom.serial, own);
      sensitivity.forEach((byCv, group) => {
        byCv.forEach(({ share }, cv) => (own.share[cv][group] += share[input] / atoms.length));
      });
    }
  });
  return [...shares.values()].sort((a, b) => a.serial - b.serial);
}

/** An input's label and, where its atoms are told, what they are called: `d_5_7 (ACE 1 C, ALA 2 N)`. */
export function inputInWords(label: string, atoms: readonly InputAtom[] | undefined): string {
  const names = (atoms ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  return names.length === 0 ? label : `${label} (${shortList(names, 4)})`;
}
