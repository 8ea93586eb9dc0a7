import { LatentcvError, closestName, expectText } from '../../support/index.js';
import { Neighbours, type Structure, expectStructure } from '../structure/index.js';
import { isShortForm } from '../structure/index.js';
import { keywords, parseSelection } from './parse.js';
import type {
  Comparator,
  NumberProperty,
  NumberRange,
  Selection,
  SharedProperty,
  TextProperty,
  WordPattern,
} from './selection.js';
import { selectionError } from './tokens.js';

/** 1 for each atom that is selected. */
type Mask = Uint8Array;

const comparisons: Record<Comparator, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Numbers with decimals are equal up to so much of them: files have them in a few digits. */
const realTolerance = 1e-5;

class Evaluation {
  constructor(
    private readonly structure: Structure,
    private readonly text: string,
  ) {}

  mask(selection: Selection): Mask {
    switch (selection.kind) {
      case 'all':
        return this.where(() => true);
      case 'none':
        return this.where(() => false);
      case 'words':
        return this.ofWords(this.words(selection.property), selection.values);
      case 'ranges':
        return this.inRanges(selection.property, selection.ranges);
      case 'comparison': {
        const [number, compare] = [this.numbers(selection.property), comparisons[selection.operator]];
        return this.where((i) => compare(number(i), selection.value));
      }
      case 'bare':
        return this.bare(selection);
      case 'not':
        return this.mask(selection.of).map((selected) => 1 - selected);
      case 'and':
      case 'or':
        return this.joined(selection.kind, selection.of);
      case 'within':
      case 'around':
        return this.near(selection.distance, this.mask(selection.of), selection.kind === 'around');
      case 'same':
        return this.same(selection.property, this.mask(selection.of));
    }
  }

  private where(wanted: (atom: number) => boolean): Mask {
    const mask = new Uint8Array(this.structure.size);
    for (let i = 0; i < mask.length; i++) if (wanted(i)) mask[i] = 1;
    return mask;
  }

  private joined(kind: 'and' | 'or', of: readonly Selection[]): Mask {
    const mask = this.mask(of[0]);
    for (const selection of of.slice(1)) {
      const other = this.mask(selection);
      for (let i = 0; i < mask.length; i++)
        mask[i] = kind === 'and' ? mask[i] & other[i] : mask[i] | other[i];
    }
    return mask;
  }

  private words(property: TextProperty): readonly string[] {
    const { names, residueNames, types, elements, chains, segments, insertionCodes } = this.structure;
    return {
      name: names,
      resname: residueNames,
      type: types,
      element: elements,
      chain: chains,
      segid: segments,
      icode: insertionCodes,
    }[property];
  }

  private ofWords(words: readonly string[], values: readonly WordPattern[]): Mask {
    const exact = new Set(values.filter(({ pattern }) => !pattern).map(({ word }) => word));
    const patterns = values.flatMap(({ pattern }) => pattern ?? []);
    // systems have few different words
    const judged = new Map<string, boolean>();
    return this.where((i) => {
      let wanted = judged.get(words[i]);
      if (wanted === undefined) {
        wanted = exact.has(words[i]) || patterns.some((pattern) => pattern.test(words[i]));
        judged.set(words[i], wanted);
      }
      return wanted;
    });
  }

  private numbers(property: NumberProperty): (atom: number) => number {
    const { residueIds, masses } = this.structure;
    if (property === 'resid') return (i) => residueIds[i];
    if (property === 'index') return (i) => i;
    if (property === 'serial') return (i) => i + 1;
    if (property === 'mass') return (i) => masses[i];
    const { positions } = this.structure.places(`"${property}" in the selection "${this.text}"`);
    const axis = 'xyz'.indexOf(property);
    return (i) => positions[3 * i + axis];
  }

  private inRanges(property: NumberProperty, ranges: readonly NumberRange[]): Mask {
    const number = this.numbers(property);
    const { insertionCodes } = this.structure;
    const slack = ['mass', 'x', 'y', 'z'].includes(property) ? realTolerance : 0;
    const after = (value: number, code: string, from: number, fromCode: string): boolean =>
      value > from || (value === from && code >= fromCode);
    const within = (i: number, { first, last, firstCode, lastCode }: NumberRange): boolean => {
      const value = number(i);
      if (property !== 'resid')
        return value >= first - slack * Math.abs(first) && value <= last + slack * Math.abs(last);
      const code = insertionCodes[i];
      return after(value, code, first, firstCode) && after(last, lastCode, value, code);
    };
    return this.where((i) => ranges.some((range) => within(i, range)));
  }

  /** A group, a short form, or the name of an atom or a residue. */
  private bare({ value, quoted, at }: Extract<Selection, { kind: 'bare' }>): Mask {
    const { structure } = this;
    const { word } = value;
    const group = quoted ? undefined : structure.group(word);
    if (group) {
      if (isShortForm(word)) structure.needNames(`"${word}"`);
      const mask = new Uint8Array(structure.size);
      for (const atom of group) mask[atom] = 1;
      return mask;
    }
    for (const words of [structure.names, structure.residueNames]) {
      const mask = this.ofWords(words, [value]);
      if (mask.includes(1)) return mask;
    }
    const close = closestName(word, [...structure.groupNames, ...keywords]);
    throw selectionError(
      this.text,
      at,
      `expected a group, a short form, or the name of an atom or a residue of ${structure.path} but received "${word}"`,
      close === undefined ? `it knows ${structure.groupNames.join(', ')}` : `did you mean ${close}?`,
    );
  }

  private near(distance: number, of: Mask, without: boolean): Mask {
    const places = this.structure.places(`"within" in the selection "${this.text}"`);
    const atoms = this.structure.indices((i) => of[i] === 1);
    if (atoms.length === 0) return of;
    // MDAnalysis, too, takes what is just as far
    const neighbours = new Neighbours(places, atoms, distance * (1 + 1e-12));
    return this.where((i) => {
      if (of[i] === 1) return !without;
      return neighbours.hasNear(i);
    });
  }

  private same(property: SharedProperty, of: Mask): Mask {
    const { residues } = this.structure;
    if (property !== 'residue' && property !== 'resid') {
      const words = this.words(property);
      const wanted = new Set(words.filter((_, i) => of[i] === 1));
      return this.where((i) => wanted.has(words[i]));
    }
    const number = property === 'resid' ? this.numbers('resid') : (i: number): number => residues.of[i];
    const wanted = new Set<number>();
    of.forEach((selected, i) => selected === 1 && wanted.add(number(i)));
    return this.where((i) => wanted.has(number(i)));
  }
}

/** Whether one word alone is a selection: a group, a short form, or a name of atoms or residues. */
export function isGroupWord(word: string, structure: Structure): boolean {
  return (
    word === 'all' ||
    structure.group(word) !== undefined ||
    structure.names.includes(word) ||
    structure.residueNames.includes(word)
  );
}

/** A selection that is understood, of which a structure has no atom. */
export class EmptySelection extends LatentcvError {}

/**
 * Atoms (from 0, ascending) of a selection in the language of MDAnalysis with lengths in nm: `name C*`, `resid
 * 10-20`, `chain A`, `within 0.5 of (…)`, `and`, `or`, `not`; and in it the short forms (`heavy`, `backbone`, …),
 * named groups, and bare names of atoms or residues.
 * @throws LatentcvError `bad-argument` where it is not understood or selects nothing
 */
export function selectAtoms(structure: Structure, selection: string): Uint32Array {
  expectStructure(structure);
  expectText(selection, 'selection');
  const mask = new Evaluation(structure, selection).mask(parseSelection(selection));
  const atoms = structure.indices((i) => mask[i] === 1);
  if (atoms.length > 0) return atoms;
  throw new EmptySelection(
    'bad-argument',
    `the selection "${selection}" matches no atom of ${structure.path}`,
  );
}
