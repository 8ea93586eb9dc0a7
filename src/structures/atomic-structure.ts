import { elementSymbols, type Composition } from '../composition/index.js';
import { LatentcvError } from '../support/index.js';

/** A structure as a file has it: atoms of elements, in a periodic cell or in none. */
export interface AtomicStructure {
  /** What it is called in tables. */
  name: string;
  /** What a table of labels may call it instead: the file's name, its path, its folder. */
  otherNames: readonly string[];
  /** The file, with the structure's number where it holds several, for messages. */
  place: string;
  /** Symbols of the atoms' elements. */
  elements: readonly string[];
  /** `[atoms, 3]`, nm. */
  positions: Float64Array;
  /** Cell vectors as rows, nm; absent where it is not periodic. */
  cell?: Float64Array;
  /** What the file says of it by keys: `energy`, `id`, … */
  facts: ReadonlyMap<string, string>;
}

const known: ReadonlySet<string> = new Set(elementSymbols);

/** An element as files write it: `Ti`, `Ti4+`, `Ti_pv`, `D`; a number is that of the element. Undefined for none. */
export function elementOfWord(word: string): string | undefined {
  if (/^\d+$/.test(word)) return elementSymbols[Number(word) - 1];
  const [, letters] = /^([A-Za-z]{1,2})(?:[\d+\-_/.].*)?$/.exec(word) ?? [];
  if (letters === undefined) return undefined;
  const symbol = letters.charAt(0).toUpperCase() + letters.slice(1).toLowerCase();
  if (symbol === 'D' || symbol === 'T') return 'H';
  return known.has(symbol) ? symbol : undefined;
}

/**
 * The element of a word.
 * @throws LatentcvError `bad-data` where it is none of H to Pu
 */
export function expectElement(word: string, place: string): string {
  const element = elementOfWord(word);
  if (element !== undefined) return element;
  throw new LatentcvError(
    'bad-data',
    `${place}: expected the symbol of an element from H to Pu but received ${JSON.stringify(word)}`,
  );
}

/** How many atoms there are of each element. */
export function compositionOf({ elements }: AtomicStructure): Composition {
  const amounts = new Map<string, number>();
  for (const element of elements) amounts.set(element, (amounts.get(element) ?? 0) + 1);
  return amounts;
}

/** Symbols of all elements that structures have, in alphabetical order. */
export const elementsOf = (structures: readonly AtomicStructure[]): string[] =>
  [...new Set(structures.flatMap(({ elements }) => elements))].sort();

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** The formula by elements in alphabetical order, in the smallest whole numbers: `BaO3Ti`. */
export function formulaOf(structure: AtomicStructure): string {
  const amounts = [...compositionOf(structure)].sort(([a], [b]) => (a < b ? -1 : 1));
  const unit = amounts.reduce((divisor, [, count]) => greatestDivisor(divisor, count), 0);
  return amounts.map(([element, count]) => element + (count === unit ? '' : String(count / unit))).join('');
}
