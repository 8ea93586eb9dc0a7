import { LatentcvError } from '../support/index.js';
import { expectElement, type AtomicStructure } from './atomic-structure.js';

/** A structure of a file, before it has a name. */
export type ReadStructure = Omit<AtomicStructure, 'name' | 'otherNames' | 'place'>;

/** `key=value`, either in quotes, a value in braces or brackets too. */
const entry =
  /(?:"((?:\\.|[^"\\])*)"|([^\s="]+))\s*=\s*(?:"((?:\\.|[^"\\])*)"|\{([^}]*)\}|(\[.*?\])(?=\s|$)|(\S+))/g;

/** What a comment line says by keys; a word alone says nothing. */
function factsOf(comment: string): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [, quotedKey, key, quoted, braced, bracketed, plain] of comment.matchAll(entry))
    facts.set(quotedKey ?? key, quoted ?? braced ?? bracketed ?? plain);
  return facts;
}

/** Where a line of atoms has what. */
interface AtomColumns {
  species: number;
  position: number;
}

/** Of `Properties=species:S:1:pos:R:3:forces:R:3`; of a plain XYZ the symbol and the position. */
function columnsOf(properties: string | undefined, place: string): AtomColumns {
  if (properties === undefined) return { species: 0, position: 1 };
  const words = properties.split(':');
  const found: Partial<Record<string, [at: number, count: number]>> = {};
  for (let i = 0, at = 0; i < words.length; i += 3) {
    const count = Number(words[i + 2]);
    if (!Number.isInteger(count) || count < 1)
      throw refused(place, `Properties of names, types and numbers of columns`, properties);
    found[words[i]] = [at, count];
    at += count;
  }
  const species = found.species ?? found.element ?? found.Z;
  if (!species || found.pos?.[1] !== 3)
    throw refused(place, 'species and pos:R:3 among the Properties', properties);
  return { species: species[0], position: found.pos[0] };
}

const refused = (place: string, expected: string, received: string): LatentcvError =>
  new LatentcvError(
    'bad-data',
    `${place}: expected ${expected} but received ${received.trim() || 'nothing'}`,
  );

const numbersOf = (text: string): number[] =>
  text
    .replace(/[,[\]]/g, ' ')
    .trim()
    .split(/\s+/)
    .map(Number);

/** The vectors of `Lattice` in nm; undefined where there are none, or `pbc` says that it is not periodic. */
function cellOf(facts: ReadonlyMap<string, string>, place: string, scale: number): Float64Array | undefined {
  const lattice = facts.get('Lattice');
  if (lattice === undefined) return undefined;
  const numbers = numbersOf(lattice);
  if (numbers.length !== 9 || !numbers.every(Number.isFinite))
    throw refused(place, 'nine numbers in Lattice', lattice);
  const told = facts.get('pbc') ?? 'T T T';
  const flags = told.match(/[TF](?:rue|alse)?\b|[01]/gi) ?? [];
  if (flags.length !== 3) throw refused(place, 'three flags in pbc', told);
  const periodic = flags.filter((flag) => /^[T1]/i.test(flag)).length;
  if (periodic === 0) return undefined;
  if (periodic < 3)
    throw new LatentcvError(
      'bad-data',
      `${place}: expected a structure that is periodic along all of its vectors, or along none, but received pbc="${told}"`,
      'a slab’s descriptors would count the vacuum; leave it out (‘skipUnreadable’), or say pbc="T T T" where that is meant',
    );
  return Float64Array.from(numbers, (number) => number * scale);
}

/**
 * All structures of an XYZ file, plain or extended: `Lattice`, `Properties`, `pbc` and whatever else its comment lines say.
 * @param perNanometre units of length in a nm
 * @throws LatentcvError `bad-data` naming file and line
 */
export function parseExtendedXyz(text: string, path: string, perNanometre = 10): ReadStructure[] {
  const lines = text.split(/\r?\n/);
  const found: ReadStructure[] = [];
  for (let at = 0; at < lines.length;) {
    if (lines[at].trim() === '') {
      at++;
      continue;
    }
    const count = Number(lines[at]);
    if (!Number.isInteger(count) || count < 1)
      throw refused(`${path}:${at + 1}`, 'a number of atoms', lines[at]);
    if (at + 2 + count > lines.length || lines[at + 1 + count] === '')
      throw refused(
        `${path}:${lines.length}`,
        `${count} atoms, as line ${at + 1} says,`,
        'the end of the file',
      );
    found.push(parseOne(lines.slice(at + 1, at + 2 + count), `${path}`, at + 2, 1 / perNanometre));
    at += 2 + count;
  }
  if (found.length === 0) throw new LatentcvError('bad-data', `${path}: expected structures but it is empty`);
  return found;
}

function parseOne([comment, ...atoms]: string[], path: string, line: number, scale: number): ReadStructure {
  const facts = factsOf(comment);
  const place = `${path}:${line}`;
  const { species, position } = columnsOf(facts.get('Properties'), place);
  const positions = new Float64Array(3 * atoms.length);
  const elements = atoms.map((text, i) => {
    const here = `${path}:${line + 1 + i}`;
    const words = text.trim().split(/\s+/);
    const coordinates = words.slice(position, position + 3).map(Number);
    if (coordinates.length < 3 || !coordinates.every(Number.isFinite))
      throw refused(here, 'an atom and its position', text);
    coordinates.forEach((x, axis) => (positions[3 * i + axis] = x * scale));
    return expectElement(words[species], here);
  });
  const cell = cellOf(facts, place, scale);
  for (const own of ['Lattice', 'Properties', 'pbc']) facts.delete(own);
  return { elements, positions, ...(cell && { cell }), facts };
}
