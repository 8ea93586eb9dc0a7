import { backboneNames } from './residue-names.js';

/** What short forms go by. */
export interface KnownAtoms {
  names: readonly string[];
  elements: readonly string[];
  kindOf(atom: number): string;
  isHeavy(atom: number): boolean;
  isVirtual(atom: number): boolean;
}

/** Atoms that a word means, whatever the file. */
export const shortForms = [
  'heavy',
  'hydrogen',
  'protein',
  'backbone',
  'sidechain',
  'nucleic',
  'water',
  'ions',
  'solute',
  'ligand',
] as const;
export type ShortForm = (typeof shortForms)[number];

export const isShortForm = (word: string): word is ShortForm =>
  (shortForms as readonly string[]).includes(word);

/** Which atoms of a structure a short form means. */
export function ruleOf(form: ShortForm, structure: KnownAtoms): (atom: number) => boolean {
  const { names, elements } = structure;
  const kind = (i: number): string => structure.kindOf(i);
  const backbone = (i: number): boolean => kind(i) === 'protein' && backboneNames.has(names[i]);
  return {
    heavy: (i: number) => structure.isHeavy(i),
    hydrogen: (i: number) => elements[i] === 'H' && !structure.isVirtual(i),
    protein: (i: number) => kind(i) === 'protein',
    backbone,
    sidechain: (i: number) => kind(i) === 'protein' && !backbone(i) && structure.isHeavy(i),
    nucleic: (i: number) => kind(i) === 'nucleic',
    water: (i: number) => kind(i) === 'water',
    ions: (i: number) => kind(i) === 'ion',
    solute: (i: number) => kind(i) !== 'water' && kind(i) !== 'ion',
    ligand: (i: number) => kind(i) === 'other',
  }[form];
}
