import {
  compositionFeatures,
  parseFormula,
  type Composition,
  type CompositionFeatures,
  type Site,
} from '../../composition/index.js';
import { fitsColumn, type Dataset } from '../../frames/index.js';
import { closestName, LatentcvError, shortList } from '../../support/index.js';

/** Which columns of a table tell compositions. */
export interface CompositionColumns {
  /** That of the formulas. */
  formula: string;
  /** Those with the elements of each site: `A=A_SITE_*; B=B1,B2`; whole compositions where left out. */
  sites?: string;
}

/** Columns of text, cell by cell. */
export interface TextTable {
  path: string;
  labels: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Compositions of a table's rows, and what their elements' properties come to. */
export interface TableCompositions extends CompositionFeatures {
  compositions: Composition[];
}

/**
 * Statistics of the elements of a table's rows, by its column of formulas and those of sites.
 * @throws LatentcvError `bad-argument` for columns that are not there, `bad-data` naming the row of what is no formula
 */
export function tableCompositions(
  table: TextTable,
  { formula, sites }: CompositionColumns,
): TableCompositions {
  const at = table.labels.indexOf(formula);
  if (at < 0) throw noFormulas(table, formula);
  const compositions = table.rows.map((row, i) => inRow(table.path, i, () => parseFormula(row[at])));
  const found = compositionFeatures(compositions, sites === undefined ? undefined : sitesOf(table, sites));
  return { compositions, ...found };
}

function noFormulas({ path, labels }: TextTable, formula: string): LatentcvError {
  const closest = closestName(formula, labels);
  return new LatentcvError(
    'bad-argument',
    `expected a column ${formula} in ${path} but it has ${shortList(labels) || 'none'}`,
    closest === undefined ? '‘formula’ names the column of formulas' : `did you mean ${closest}?`,
  );
}

/** The columns among these that compositions are told by. */
export function columnsOfCompositions(
  { path, labels }: Pick<TextTable, 'path' | 'labels'>,
  { formula, sites = '' }: CompositionColumns,
): string[] {
  if (!labels.includes(formula)) throw noFormulas({ path, labels, rows: [] }, formula);
  return [...new Set([formula, ...partsOf(sites).flatMap((part) => labelsOf(part, { path, labels }))])];
}

interface SitePart {
  name: string;
  patterns: string;
}

function partsOf(text: string): SitePart[] {
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, name, patterns] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/.exec(part) ?? [];
      if (name !== undefined) return { name, patterns };
      throw new LatentcvError(
        'bad-argument',
        `expected a site and its columns, such as A=A_SITE_*, but received ${part.trim()}`,
      );
    });
}

function labelsOf({ patterns }: SitePart, { path, labels }: Pick<TextTable, 'path' | 'labels'>): string[] {
  const wanted = patterns.split(',').map((pattern) => pattern.trim());
  const found = labels.filter((label) => wanted.some((pattern) => fitsColumn(pattern, label)));
  if (found.length > 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected columns of ${path} that fit ${patterns} but it has ${shortList(labels)}`,
  );
}

/** Sites, with the elements that stand in their columns in each row. */
function sitesOf(table: TextTable, text: string): Site[] {
  return partsOf(text).map((part) => {
    const places = labelsOf(part, table).map((label) => table.labels.indexOf(label));
    const elements = table.rows.map((row) => places.map((at) => row[at]).filter((cell) => cell !== ''));
    return { name: part.name, elements };
  });
}

/** What goes wrong in a row is told with its place; the first row is below the names. */
function inRow<T>(path: string, row: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}, row ${row + 1}: ${error.message}`, error.hint);
  }
}

/** The columns of text of a table that was read. */
export function textOf({ columns, data, frames }: Dataset, path: string): TextTable {
  const text = [...columns.keys()].filter((i) => columns[i].words);
  return {
    path,
    labels: text.map((i) => columns[i].label),
    rows: Array.from({ length: frames }, (_, row) =>
      text.map((i) => columns[i].words![data[row * columns.length + i]] ?? ''),
    ),
  };
}

/**
 * A table with the statistics of its rows' compositions behind its columns.
 * @throws LatentcvError as `tableCompositions`, and `bad-argument` where it has a column of that name
 */
export function withCompositions(
  dataset: Dataset,
  of: CompositionColumns,
  path: string,
): { dataset: Dataset; compositions: TableCompositions } {
  const compositions = tableCompositions(textOf(dataset, path), of);
  const { labels, data } = compositions;
  const known = dataset.columns.find(({ label }) => labels.includes(label));
  if (known)
    throw new LatentcvError(
      'bad-argument',
      `expected a table without statistics of compositions but ${path} has a column ${known.label}`,
      'leave out ‘composition’',
    );
  const [before, width] = [dataset.columns.length, dataset.columns.length + labels.length];
  const all = new Float64Array(dataset.frames * width);
  for (let row = 0; row < dataset.frames; row++) {
    all.set(dataset.data.subarray(row * before, (row + 1) * before), row * width);
    all.set(data.subarray(row * labels.length, (row + 1) * labels.length), row * width + before);
  }
  const columns = [...dataset.columns, ...labels.map((label) => ({ label }))];
  return { dataset: { ...dataset, columns, data: all }, compositions };
}
