import type { Diagnostics } from '../../diagnostics/index.js';

/** Inputs of more atoms than this keep their labels. */
const mostAtoms = 4;

/**
 * What inputs are called in figures: by their atoms where the model tells these, `ACE 1 O – ALA 2 CB`, a residue that goes on named
 * once; else, and where two inputs would be called alike, by their labels.
 */
export function inputNames({ inputs, inputAtoms }: Pick<Diagnostics, 'inputs' | 'inputAtoms'>): string[] {
  const names = inputs.map((label, i) => ofAtoms(inputAtoms?.[i]) ?? label);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name, i) => (counts.get(name) === 1 ? name : inputs[i]));
}

function ofAtoms(atoms: NonNullable<Diagnostics['inputAtoms']>[number] | undefined): string | undefined {
  if (!atoms || atoms.length === 0 || atoms.length > mostAtoms) return undefined;
  let residue: string | undefined;
  const words: string[] = [];
  for (const { name } of atoms) {
    if (name === undefined) return undefined;
    const [, own, atom] = /^(.*) (\S+)$/.exec(name) ?? [];
    words.push(own !== undefined && own === residue ? atom : name);
    residue = own;
  }
  return words.join(' – ');
}
