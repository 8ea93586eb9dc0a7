import {
  pointSerial,
  type AlignmentReference,
  type FrameCentres,
  type Point,
} from '../../descriptors/index.js';
import { isGroupWord } from '../selection/index.js';
import type { Structure } from '../structure/index.js';
import { unquoted, type DefinitionStatement } from './definition.js';
import { groupOf, refusal } from './statement-groups.js';

/** What a statement says of a point: how it is weighed, and of which atoms. */
interface CentreWords {
  weigh: 'centre' | 'com';
  selection: string;
}

/** A frame: a group of atoms, and where they are in it. */
export interface Template {
  reference: AlignmentReference;
  notes: readonly string[];
}

/** A fixed point of a frame, that of a template or of three places in words, nm. */
export type Site = {
  position: [number, number, number];
} & ({ template: Template } | { frame: readonly string[] });

/** Atoms (from 0), or one point, by its negative number. */
export type Group = Uint32Array | Int32Array;

/** The serial of an atom (from 0); a point keeps its number. */
export const serial = (place: number): number => (place < 0 ? place : place + 1);

/** Whether a group is a point. */
export const isPoint = (group: Group): boolean => group instanceof Int32Array;

const opening = /^(centre|com)\b\s*(.+)$/s;

/** `centre host`, or `com (resname MOL)`; undefined for a selection. */
export function centreWords(text: string): CentreWords | undefined {
  const [, weigh, selection] = opening.exec(text.trim()) ?? [];
  return weigh === undefined
    ? undefined
    : { weigh: weigh as CentreWords['weigh'], selection: unquoted(selection) };
}

/** The points and references of a definition, each once, and what is to be told of them. */
export class NamedPoints {
  readonly points: Point[] = [];
  readonly references: AlignmentReference[] = [];
  private readonly known = new Map<string, number>();
  private readonly named = new Map<string, CentreWords | Site>();

  constructor(
    private readonly structure: Structure,
    private readonly notes: Set<string>,
  ) {}

  /** Gives a centre a name of its own; returns of how many atoms it is. */
  nameCentre(name: string, words: CentreWords, text: string): number {
    this.named.set(name, words);
    return this.atomsOf(words, { text } as DefinitionStatement).length;
  }

  /** Gives a site a name of its own. */
  nameSite(name: string, site: Site): void {
    this.named.set(name, site);
  }

  /** What a word of a statement names, where it is a point. */
  wordsOf(word: string): CentreWords | Site | undefined {
    return this.named.get(word) ?? (word.startsWith('(') ? centreWords(unquoted(word)) : undefined);
  }

  /** The number of a frame. */
  reference({ reference, notes }: Template): number {
    for (const note of notes) this.notes.add(note);
    const key = JSON.stringify(reference);
    const number = this.known.get(key) ?? this.references.push(reference) - 1;
    this.known.set(key, number);
    return number;
  }

  private add(point: Point): Int32Array {
    const key = JSON.stringify(point);
    const number = this.known.get(key) ?? this.points.push(point) - 1;
    this.known.set(key, number);
    return Int32Array.of(pointSerial(number));
  }

  /** The group that is this point. */
  group(words: CentreWords | Site, statement: DefinitionStatement): Int32Array {
    if ('position' in words) return this.add(this.siteOf(words, statement));
    const atoms = this.atomsOf(words, statement);
    return this.add({
      kind: 'centre',
      atoms: Array.from(atoms, serial),
      ...(words.weigh === 'com' && {
        weights: this.masses(atoms, statement, ['com', 'centre (…) is their mean without masses']),
      }),
    });
  }

  private siteOf(site: Site, statement: DefinitionStatement): Point {
    const { position } = site;
    if ('template' in site) return { kind: 'site', reference: this.reference(site.template), position };
    const frame = threePlaces({ ...statement, words: [...site.frame] }, this.structure, this);
    return { kind: 'site', frame, position };
  }

  private atomsOf({ selection }: CentreWords, statement: DefinitionStatement): Uint32Array {
    const atoms = groupOf(selection, this.structure);
    if (atoms.length > 0) return atoms;
    throw refusal(statement, `expected atoms in (${selection}) but found none`);
  }

  /**
   * Masses of atoms, the structure's or else the elements', which is then told.
   * @param purpose what they are needed for, and what goes without them
   * @throws LatentcvError `bad-argument` where some are not known
   */
  masses(
    atoms: Uint32Array,
    statement: DefinitionStatement,
    [purpose, hint]: readonly [string, string],
  ): number[] {
    const { masses, path, tellsMasses } = this.structure;
    const without = atoms.filter((atom) => !(masses[atom] > 0) && !this.structure.isVirtual(atom));
    if (without.length > 0)
      throw refusal(
        statement,
        `expected masses of all atoms for ${purpose} but ${path} tells neither mass nor element of ${without.length} of ${atoms.length}`,
        hint,
      );
    if (!tellsMasses)
      this.notes.add(
        `${purpose}: ${path} tells no masses: those of the elements are taken (hydrogens made heavy are not known)`,
      );
    return Array.from(atoms, (atom) => masses[atom]);
  }
}

/** The words of a statement, each that begins a centre (`centre host`) put together with the next. */
function joinedWords(words: readonly string[], structure: Structure): string[] {
  const found: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const begins = /^(centre|com)$/.test(words[at]) && at + 1 < words.length && !structure.isNamed(words[at]);
    found.push(begins ? `(${words[at]} ${words[++at]})` : words[at]);
  }
  return found;
}

/**
 * The groups of a statement, from `least` to `most` of them, some of which may be centres: `(centre host)`, `com (resname
 * MOL)`, or a name that the definition gave one.
 */
export function placesOf(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
  [least, most]: readonly [number, number],
): Group[] {
  const words = joinedWords(statement.words, structure);
  const centres = words.map((word) => points.wordsOf(word));
  const each = words.every((word, i) => centres[i] ?? (/^["'(]/.test(word) || isGroupWord(word, structure)));
  const parts = each ? words : [words.join(' ')];
  if (parts[0] === undefined || parts[0] === '' || parts.length < least || parts.length > most)
    throw refusal(
      statement,
      `expected ${least === most ? least : `${least} or ${most}`} group${most > 1 ? 's' : ''} of atoms but received ${parts.length}`,
      'put a selection of several words in parentheses: distances (resid 10-20 and heavy) (centre ligand)',
    );
  return parts.map((text, i) => {
    const centre = each ? centres[i] : undefined;
    return centre ? points.group(centre, statement) : groupOf(each ? unquoted(text) : text, structure);
  });
}

/**
 * Places of one atom or point each, as many as the statement takes.
 * @throws LatentcvError `bad-argument` for a selection of another number of atoms
 */
export function singlePlaces(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
  count: number,
): number[] {
  return placesOf(statement, structure, points, [count, count]).map((group, i) => {
    if (group.length === 1) return serial(group[0]);
    throw refusal(
      statement,
      `expected one atom in place ${i + 1} but found ${group.length}`,
      'centre (…) is the middle of several',
    );
  });
}

/**
 * The three places of a frame.
 * @throws LatentcvError `bad-argument` for places that are not different, or not of one atom or point each
 */
export function threePlaces(
  statement: DefinitionStatement,
  structure: Structure,
  points: NamedPoints,
): FrameCentres {
  const frame = singlePlaces(statement, structure, points, 3) as FrameCentres;
  if (new Set(frame).size < 3) throw refusal(statement, 'expected three different places for a frame');
  return frame;
}
