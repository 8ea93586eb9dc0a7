import { LatentcvError } from '../support/index.js';
import { expectElement, elementOfWord } from './atomic-structure.js';
import type { ReadStructure } from './extended-xyz.js';
import { volumeOf } from './supercell.js';

/** Whether a file is called as VASP calls its structures: `POSCAR`, `CONTCAR_2`, `x.vasp`, `x.poscar`. */
export const isPoscarName = (name: string): boolean =>
  /^(POSCAR|CONTCAR)([._-].*)?$|\.(vasp|poscar|contcar)$/i.test(name);

/** Å in files. */
const perNanometre = 10;

/** Takes a file line by line, so that what is wrong is told with its line. */
class Lines {
  private at = 0;
  private readonly lines: string[];

  constructor(
    text: string,
    readonly path: string,
  ) {
    this.lines = text.split(/\r?\n/);
  }

  get place(): string {
    return `${this.path}:${this.at}`;
  }

  next(): string {
    return this.lines[this.at++] ?? '';
  }

  words(): string[] {
    return this.next()
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
  }

  refused(expected: string, received: string): LatentcvError {
    return new LatentcvError(
      'bad-data',
      `${this.place}: expected ${expected} but received ${received.trim() || 'nothing'}`,
    );
  }

  /** So many numbers at the beginning of the next line; words may follow. */
  numbers(count: number, what: string): number[] {
    const text = this.next();
    const numbers = text.trim().split(/\s+/).slice(0, count).map(Number);
    if (text.trim() === '' || numbers.length < count || !numbers.every(Number.isFinite))
      throw this.refused(what, text);
    return numbers;
  }
}

/**
 * A POSCAR or CONTCAR of VASP 4 or 5 (https://www.vasp.at/wiki/index.php/POSCAR): a scale, or three of them, or the volume as a
 * negative number; the vectors; elements and how many; selective dynamics; direct or Cartesian positions. VASP 4 names no
 * elements: they are taken from the first line, where it has one for each number.
 * @throws LatentcvError `bad-data` naming file and line
 */
export function parsePoscar(text: string, path: string): ReadStructure & { notes: string[] } {
  const lines = new Lines(text, path);
  const title = lines.next();
  const scales = readScales(lines);
  const vectors = [1, 2, 3].flatMap(() => lines.numbers(3, 'a vector of the cell'));
  const scale = scaled(vectors, scales, lines);
  const cell = Float64Array.from(vectors, (x, i) => (x * scale[i % 3]) / perNanometre);
  const { elements, notes } = readElements(title, lines);
  let mode = lines.next();
  if (/^\s*s/i.test(mode)) mode = lines.next();
  const cartesian = /^\s*[ck]/i.test(mode);
  if (!cartesian && !/^\s*d/i.test(mode)) throw lines.refused('Direct or Cartesian', mode);
  const positions = new Float64Array(3 * elements.length);
  for (let i = 0; i < elements.length; i++) {
    const at = lines.numbers(3, `the position of atom ${i + 1} of ${elements.length}`);
    for (let axis = 0; axis < 3; axis++)
      positions[3 * i + axis] = cartesian
        ? (at[axis] * scale[axis]) / perNanometre
        : at[0] * cell[axis] + at[1] * cell[3 + axis] + at[2] * cell[6 + axis];
  }
  return { elements, positions, cell, facts: new Map(), notes };
}

function readScales(lines: Lines): number[] {
  const text = lines.next();
  const words = text.trim().split(/\s+/).map(Number);
  const three = words.length >= 3 && words.slice(0, 3).every((word) => word > 0);
  const scales = three ? words.slice(0, 3) : words.slice(0, 1);
  if (text.trim() !== '' && scales.every((scale) => Number.isFinite(scale) && scale !== 0)) return scales;
  throw lines.refused('a scale, three of them, or minus the volume', text);
}

/** What x, y and z are multiplied by. */
function scaled(vectors: readonly number[], scales: readonly number[], lines: Lines): number[] {
  const volume = volumeOf(Float64Array.from(vectors));
  if (!(volume > 0)) throw lines.refused('three vectors of a cell with a volume', 'none');
  if (scales.length === 3) return [...scales];
  const [scale] = scales;
  return new Array<number>(3).fill(scale > 0 ? scale : Math.cbrt(-scale / volume));
}

/** The elements of all atoms; of VASP 4 by the first line. */
function readElements(title: string, lines: Lines): { elements: string[]; notes: string[] } {
  const words = lines.words();
  const named = words.length > 0 && !/^\d/.test(words[0]);
  const counts = (named ? lines.words() : words).map(Number);
  const good = counts.length > 0 && counts.every((count) => Number.isInteger(count) && count > 0);
  if (!good || (named && counts.length !== words.length))
    throw lines.refused(
      named ? `how many atoms of ${words.join(', ')}` : 'elements, or how many atoms of each',
      counts.join(' '),
    );
  const symbols = named ? words : title.trim().split(/\s+/);
  if (
    !named &&
    (symbols.length !== counts.length || !symbols.every((word) => elementOfWord(word) !== undefined))
  )
    throw new LatentcvError(
      'bad-data',
      `${lines.place}: expected the elements of the ${counts.length} numbers of atoms, which VASP 4 does not write, in the first line but it is ${JSON.stringify(title.trim())}`,
      'put a line with their symbols, such as Ba Ti O, above the numbers',
    );
  const elements = counts.flatMap((count, i) =>
    new Array<string>(count).fill(expectElement(symbols[i], lines.place)),
  );
  const notes = named
    ? []
    : [`${lines.path}: elements by its first line (${symbols.join(', ')}), as VASP 4 writes none`];
  return { elements, notes };
}
