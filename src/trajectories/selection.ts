import { closestName } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import { shortForms, type Structure } from './structure.js';

/** Words of chemfiles' language that stand alone. */
const plainWords = new Set(['all', 'none', 'and', 'or', 'not']);
/** Its words with values behind them, that go through as they are. */
const namedValues = new Set(['name', 'type', 'resname']);
/** Words whose values may be ranges; what they are in chemfiles' language, and what is added to a value. */
const numbers: Record<string, { word: string; shift: number }> = {
  resid: { word: 'resid', shift: 0 },
  index: { word: 'index', shift: 0 },
  serial: { word: 'index', shift: -1 },
};
const otherWords = new Set(['mass', 'x', 'y', 'z', 'vx', 'vy', 'vz', 'is_bonded', 'is_angle', 'is_dihedral', 'is_improper',
  'distance', 'angle', 'dihedral', 'out_of_plane', 'sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan']); // prettier-ignore

const tokens = /"[^"]*"|\[[^\]]*\]|[A-Za-z_][\w'*+]*|\d+(?:\.\d+)?(?:-\d+)?|[<>=!]=|\S/g;

/** chemfiles parses by recursion: more would end in a stack that overflows. */
const mostWords = 10_000;
const mostNested = 1000;
const nests = (word: string): boolean => word === '(' || word === 'not' || word === '-' || word === '+';

/** A selection in chemfiles' language, with what it leaves out: short forms, groups, ranges, bare names. */
class Translator {
  private at = 0;
  private readonly words: string[];

  constructor(
    private readonly text: string,
    private readonly structure: Structure,
  ) {
    this.words = text.match(tokens) ?? [];
    if (this.words.length > mostWords || this.words.filter(nests).length > mostNested)
      throw new LatentcvError(
        'bad-argument',
        `expected a selection of at most ${mostWords} words, ${mostNested} of them parentheses, not or signs, but "${text.slice(0, 40)}…" has ${this.words.length}`,
        'ranges such as serial 10-20 and named groups are shorter',
      );
  }

  translate(): string {
    const parts: string[] = [];
    while (this.at < this.words.length) parts.push(this.next());
    return parts.join(' ');
  }

  private next(): string {
    const word = this.words[this.at++];
    if (!/^[A-Za-z_]/.test(word) || plainWords.has(word)) return word;
    const compared = /^([<>]=?|[=!]=|\()$/.test(this.words[this.at] ?? '');
    if (compared) return word === 'serial' ? '(index + 1)' : word;
    if (Object.hasOwn(numbers, word)) return this.ranges(word);
    if (word === 'element') return this.elements();
    if (namedValues.has(word))
      return `(${this.values()
        .map((value) => `${word} == "${value}"`)
        .join(' or ')})`;
    if (otherWords.has(word)) return word;
    return this.bare(word);
  }

  /** The values behind a word. */
  private values(): string[] {
    const from = this.at;
    while (
      this.at < this.words.length &&
      !plainWords.has(this.words[this.at]) &&
      !/^[()]$/.test(this.words[this.at])
    )
      this.at++;
    const values = this.words.slice(from, this.at).filter((value) => value !== ',');
    if (values.length === 0) throw this.refusal(`a value after ${this.words[from - 1]}`);
    return values.map((value) => value.replaceAll('"', ''));
  }

  private ranges(word: string): string {
    const { word: theirs, shift } = numbers[word];
    const terms = this.values().map((value) => {
      const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(value) ?? [];
      if (first === undefined) throw this.refusal(`numbers or ranges such as 10-20 after ${word}`, value);
      return `(${theirs} >= ${Number(first) + shift} and ${theirs} <= ${Number(last) + shift})`;
    });
    return `(${terms.join(' or ')})`;
  }

  private elements(): string {
    const wanted = this.values();
    const name = `element_${wanted.join('_')}`;
    this.structure.name(
      name,
      this.structure.indices((i) => wanted.includes(this.structure.elements[i])),
    );
    return `[${name}]`;
  }

  /** A group, a short form, or the name of an atom or a residue. */
  private bare(word: string): string {
    const { structure } = this;
    if (isShortForm(word)) structure.needNames(`"${word}"`);
    if (structure.group(word)) return `[${word}]`;
    if (structure.names.includes(word)) return `name == "${word}"`;
    if (structure.residueNames.includes(word)) return `resname == "${word}"`;
    throw this.refusal('a group, a short form, or the name of an atom or a residue', word);
  }

  private refusal(expected: string, received?: string): LatentcvError {
    const { groupNames, path } = this.structure;
    const close = received === undefined ? undefined : closestName(received, groupNames);
    return new LatentcvError(
      'bad-argument',
      `expected ${expected} in the selection "${this.text}" of ${path}` +
        (received === undefined ? '' : ` but received "${received}"`),
      close === undefined ? `it knows ${groupNames.join(', ')}` : `did you mean ${close}?`,
    );
  }
}

const isShortForm = (word: string): boolean => (shortForms as readonly string[]).includes(word);

/** Whether one word alone is a selection: a group, a short form, or a name of atoms or residues. */
export function isGroupWord(word: string, structure: Structure): boolean {
  return (
    word === 'all' ||
    structure.group(word) !== undefined ||
    structure.names.includes(word) ||
    structure.residueNames.includes(word)
  );
}

/**
 * Atoms (from 0, ascending) of a selection: chemfiles' language, and in it the short forms (`heavy`, `backbone`, …),
 * named groups, ranges (`resid 10-20`), `serial`, `element`, and bare names of atoms or residues.
 * Throws LatentcvError `bad-argument` where it is not understood or selects nothing.
 */
export function selectAtoms(structure: Structure, selection: string): Uint32Array {
  const translated = new Translator(selection, structure).translate();
  const atoms = evaluate(structure, selection, translated);
  if (atoms.length > 0) return atoms;
  throw new LatentcvError(
    'bad-argument',
    `the selection "${selection}" matches no atom of ${structure.path}`,
  );
}

function evaluate(structure: Structure, selection: string, translated: string): Uint32Array {
  try {
    return structure.evaluate(translated);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LatentcvError('bad-argument', `cannot understand the selection "${selection}": ${reason}`);
  }
}
