import type { Markup } from '../markup.js';

/** One figure of the report. */
export interface Figure {
  id: string;
  /** Across the page, or half of it. */
  width: 'full' | 'half';
  /** An `<svg>` that stands by itself. */
  body: Markup;
  /** What is shown, and what is seen. */
  caption: string;
  /** The numbers that are drawn. */
  data: FigureData;
}

/** Tables of a figure's numbers: its curves are not always of the same points. */
export type FigureData = readonly FigureTable[];

/** Columns of a table, all of the same length once they are written out. */
export interface FigureTable {
  /** What sets it apart from the figure's other tables. */
  name?: string;
  columns: readonly FigureColumn[];
}

/** A column of numbers (NaN: none) or words. */
export interface FigureColumn {
  /** With its unit. */
  name: string;
  values: ArrayLike<number> | readonly string[];
  /** On a grid each value stands in so many rows, one after another, and all of them come again to the table's end. */
  each?: number;
}

/** The columns at some of their places. */
export function chosen(values: ArrayLike<number>, indices: readonly number[]): Float64Array {
  return Float64Array.from(indices, (i) => values[i]);
}
