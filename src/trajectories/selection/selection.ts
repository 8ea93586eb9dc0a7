/** Properties of atoms that are words. */
export const textProperties = ['name', 'resname', 'type', 'element', 'chain', 'segid', 'icode'] as const;
export type TextProperty = (typeof textProperties)[number];

/** Properties that are numbers; lengths in nm, masses in amu. */
export const numberProperties = ['resid', 'index', 'serial', 'mass', 'x', 'y', 'z'] as const;
export type NumberProperty = (typeof numberProperties)[number];

/** Other names of properties, as MDAnalysis and VMD have them. */
export const otherNames: Readonly<Record<string, TextProperty | NumberProperty>> = {
  chainid: 'chain',
  chainID: 'chain',
  segment: 'segid',
  segname: 'segid',
  resnum: 'resid',
  bynum: 'serial',
};

/** What atoms can have in common in `same … as`. */
export const sharedProperties = ['residue', ...textProperties, 'resid'] as const;
export type SharedProperty = (typeof sharedProperties)[number];

export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A word, or a pattern with `*`, `?` and `[…]`. */
export interface WordPattern {
  word: string;
  pattern?: RegExp;
}

/** Both ends included; a residue's end may name an insertion code, '' before 'A' before 'B'. */
export interface NumberRange {
  first: number;
  last: number;
  firstCode: string;
  lastCode: string;
}

/** A selection as it was read. */
export type Selection =
  | { kind: 'all' | 'none' }
  | { kind: 'words'; property: TextProperty; values: WordPattern[] }
  | { kind: 'ranges'; property: NumberProperty; ranges: NumberRange[] }
  | { kind: 'comparison'; property: NumberProperty; operator: Comparator; value: number }
  /** A group, a short form, or a name of atoms or residues. */
  | { kind: 'bare'; value: WordPattern; quoted: boolean; at: number }
  | { kind: 'not'; of: Selection }
  | { kind: 'and' | 'or'; of: Selection[] }
  /** `around` leaves out the atoms that it is around. */
  | { kind: 'within' | 'around'; distance: number; of: Selection }
  | { kind: 'same'; property: SharedProperty; of: Selection };
