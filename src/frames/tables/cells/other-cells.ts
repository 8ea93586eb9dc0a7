import { fitsColumn, type ColumnPattern } from '../../select-columns.js';
import { Words } from './words.js';

/** What columns of a file may hold beside numbers, by their number (from 0). */
export interface OtherCells {
  /** Those whose numbers may be missing. */
  gaps: ReadonlySet<number>;
  /** Those of text. */
  words: ReadonlyMap<number, Words>;
}

/** By label, as a reading names them. */
interface NamedCells {
  text?: readonly ColumnPattern[];
  gaps?: readonly ColumnPattern[];
  words?: Map<string, Words>;
}

/**
 * Which columns of a file hold text, or may lack numbers; undefined where none does.
 * @param fields all columns of the file, one by one
 */
export function otherCells(
  fields: readonly string[],
  { text = [], gaps = [], words = new Map<string, Words>() }: NamedCells,
): OtherCells | undefined {
  if (text.length + gaps.length === 0) return undefined;
  const places = [...fields.keys()];
  const ofText = places.filter((i) => fitsOne(text, fields[i]));
  return {
    gaps: new Set(places.filter((i) => fitsOne(gaps, fields[i]))),
    words: new Map(ofText.map((i) => [i, wordsOf(fields[i], words)])),
  };
}

/** Whether one of the patterns is or fits the label. */
export const fitsOne = (patterns: readonly ColumnPattern[], label: string): boolean =>
  patterns.some((pattern) => fitsColumn(pattern, label));

/** The words of a column, which begin where it has none yet. */
export function wordsOf(label: string, all: Map<string, Words>): Words {
  const known = all.get(label) ?? new Words();
  all.set(label, known);
  return known;
}
