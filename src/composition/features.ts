import { expectList, LatentcvError } from '../support/index.js';
import { elementProperties } from './element-properties.js';
import type { Composition } from './formula.js';
import { symbols } from './symbols.js';

/** A part of compositions, such as the A site of perovskites, and the elements that are on it in each row. */
export interface Site {
  name: string;
  /** Of each row, the symbols of the elements on the site. */
  elements: readonly (readonly string[])[];
}

/** Statistics of the elements' properties, a row for each composition. */
export interface CompositionFeatures {
  labels: string[];
  /** Row-major `[rows, labels]`. */
  data: Float64Array;
  /** Properties that an element of the rows has no value of: they have no columns. */
  leftOut: { property: string; element: string }[];
}

const statistics = { mean, range, deviation } as const;
type Statistic = keyof typeof statistics;

/** Values of each property by the element's number, NaN where there is none. */
const properties = Object.entries(elementProperties).map(([name, text]) => ({
  name,
  values: text.split(' ').map((word) => (word === '-' ? NaN : Number(word))),
}));

/**
 * Mean by amount, range and mean absolute deviation from that mean of 32 properties of the elements (Ward et al. 2016,
 * doi:10.1038/npjcompumats.2016.28; the tables' units), of whole compositions or of each site: `Electronegativity mean`,
 * `A Electronegativity mean`. Columns that are the same in all rows are left for others to drop.
 * @param sites parts that are told by themselves; of whole compositions where left out
 * @throws LatentcvError `bad-data` where a site has none of a row's elements, or one that the row's composition has not
 */
export function compositionFeatures(
  rows: readonly Composition[],
  sites?: readonly Site[],
): CompositionFeatures {
  expectList(rows, 'rows');
  const parts = (sites ?? [undefined]).map((site) => ({
    prefix: site ? `${site.name} ` : '',
    rows: rows.map((row, i) => (site ? onSite(row, site, i) : weighed(row, [...row.keys()]))),
  }));
  const leftOut = properties.flatMap(({ name, values }) => {
    const without = parts.flatMap(({ rows: of }) => of.flat()).find(({ z }) => Number.isNaN(values[z]));
    return without ? [{ property: name, element: symbols[without.z] }] : [];
  });
  const kept = properties.filter(({ name }) => !leftOut.some(({ property }) => property === name));
  const columns = parts.flatMap((part) =>
    kept.flatMap(({ name, values }) =>
      (Object.keys(statistics) as Statistic[]).map((statistic) => ({
        label: `${part.prefix}${name} ${statistic}`,
        of: part.rows.map((row) => statistics[statistic](row, values)),
      })),
    ),
  );
  const data = new Float64Array(rows.length * columns.length);
  columns.forEach(({ of }, i) => of.forEach((value, row) => (data[row * columns.length + i] = value)));
  return { labels: columns.map(({ label }) => label), data, leftOut };
}

/** An element, by its place in the table, and its part of all atoms. */
interface Part {
  z: number;
  part: number;
}

function weighed(row: Composition, elements: readonly string[]): Part[] {
  const total = elements.reduce((sum, element) => sum + row.get(element)!, 0);
  return elements.map((element) => ({ z: symbols.indexOf(element), part: row.get(element)! / total }));
}

function onSite(row: Composition, { name, elements }: Site, at: number): Part[] {
  const own = elements[at] ?? [];
  const missing = own.find((element) => !row.has(element));
  if (own.length > 0 && missing === undefined) return weighed(row, own);
  throw new LatentcvError(
    'bad-data',
    `expected elements of the composition on the site ${name} in row ${at + 1} but found ${missing ?? 'none'}`,
  );
}

function mean(row: readonly Part[], values: readonly number[]): number {
  return row.reduce((sum, { z, part }) => sum + part * values[z], 0);
}

function range(row: readonly Part[], values: readonly number[]): number {
  const own = row.map(({ z }) => values[z]);
  return Math.max(...own) - Math.min(...own);
}

function deviation(row: readonly Part[], values: readonly number[]): number {
  const middle = mean(row, values);
  return row.reduce((sum, { z, part }) => sum + part * Math.abs(values[z] - middle), 0);
}
