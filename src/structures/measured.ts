import { counted, LatentcvError, shortList } from '../support/index.js';
import { fitsColumn } from '../frames/index.js';
import { formulaOf, type AtomicStructure } from './atomic-structure.js';

/** A table of what was measured, its cells as they are. */
export interface LabelTable {
  path: string;
  labels: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What is wanted of labels. */
export interface WantedLabels {
  /** Columns or keys, or patterns of them. */
  properties: readonly string[];
  /** Names of which what is there is wanted, and nothing is left out for want of it. */
  measured?: readonly string[];
  /** The column that names structures; that in which most of them are found where left out. */
  id?: string;
  /** A column whose equal rows belong together. */
  group?: string;
}

/** Structures with what was measured of them. */
export interface MeasuredStructures {
  structures: AtomicStructure[];
  properties: { name: string; values: Float64Array }[];
  /** Of each structure, the cell of the column of groups. */
  group?: string[];
  /** How structures and labels came together, a line each. */
  notes: string[];
}

/**
 * Finds the labels of structures: in a table by what structures are called, and in what their files say of them.
 * Structures without any are left out.
 * @throws LatentcvError `bad-argument` for what is nowhere, `bad-data` where no structure has a label, or names are not unique
 */
export function measuredStructures(
  structures: readonly AtomicStructure[],
  table: LabelTable | undefined,
  wanted: WantedLabels,
): MeasuredStructures {
  const found = table
    ? matched(structures, table, wanted.id)
    : { rows: structures.map(() => undefined), notes: [] };
  const sources = sourcesOf(structures, table, found.rows);
  const names = [
    ...namesOf(structures, table, wanted.properties),
    ...knownAmong(wanted.measured ?? [], structures, table),
  ];
  const all = names.map((name) => ({
    name,
    values: structures.map((_, i) => numberOf(sources[i](name), name, structures[i].place)),
  }));
  const kept = structures
    .map((_, i) => i)
    .filter((i) => wanted.properties.length === 0 || all.some(({ values }) => !Number.isNaN(values[i])));
  if (kept.length === 0) throw noLabels(structures, names, table);
  const { group } = wanted;
  const without = structures.length - kept.length;
  return {
    structures: kept.map((i) => structures[i]),
    properties: all.map(({ name, values }) => ({ name, values: Float64Array.from(kept, (i) => values[i]) })),
    ...(group !== undefined && { group: kept.map((i) => groupOf(sources[i](group), group, structures[i])) }),
    notes: [
      ...found.notes,
      ...(without > 0
        ? [
            `not learned from, as ${without === 1 ? 'it has' : 'they have'} no ${names.join(' or ')}: ${counted(without, 'structure')} (${shortList(
              structures.filter((_, i) => !kept.includes(i)).map(({ name }) => name),
              5,
            )})`,
          ]
        : []),
    ],
  };
}

/** What a structure has under a label: a cell of its row of the table, or else what its file says. */
type Source = (label: string) => string | undefined;

function sourcesOf(
  structures: readonly AtomicStructure[],
  table: LabelTable | undefined,
  rows: readonly (number | undefined)[],
): Source[] {
  return structures.map((structure, i) => (label) => {
    const column = table?.labels.indexOf(label) ?? -1;
    const row = rows[i];
    if (table && column >= 0) return row === undefined ? undefined : table.rows[row][column];
    if (label === 'formula') return formulaOf(structure);
    return structure.facts.get(label);
  });
}

function namesOf(
  structures: readonly AtomicStructure[],
  table: LabelTable | undefined,
  patterns: readonly string[],
): string[] {
  const keys = [...new Set(structures.flatMap(({ facts }) => [...facts.keys()]))];
  const labels = [...new Set([...(table?.labels ?? []), ...keys])];
  const found = patterns.map((pattern) => labels.filter((label) => fitsColumn(pattern, label)));
  const missing = patterns.find((_, i) => found[i].length === 0);
  if (missing === undefined) return [...new Set(found.flat())];
  throw new LatentcvError(
    'bad-argument',
    `expected ${missing} in ${table ? `${table.path}, which has ${shortList(table.labels, 8)}` : 'what the structures’ files say of them'}${keys.length > 0 ? `; their files say ${shortList(keys, 8)}` : table ? '' : ', but they say nothing'}`,
    table ? undefined : '‘propertiesFrom’ names a table with the structures’ names and properties',
  );
}

/** Those of the names that a table or a file has. */
const knownAmong = (
  names: readonly string[],
  structures: readonly AtomicStructure[],
  table: LabelTable | undefined,
): string[] =>
  names.filter(
    (name) => table?.labels.includes(name) === true || structures.some(({ facts }) => facts.has(name)),
  );

const missingCell = /^(|na|n\/a|nan|null|none|-)$/i;

function numberOf(cell: string | undefined, name: string, place: string): number {
  if (cell === undefined || missingCell.test(cell.trim())) return NaN;
  const number = Number(cell);
  if (Number.isFinite(number)) return number;
  throw new LatentcvError(
    'bad-data',
    `${place}: expected a number for ${name} but received ${JSON.stringify(cell)}`,
  );
}

function groupOf(cell: string | undefined, label: string, { place }: AtomicStructure): string {
  if (cell !== undefined && cell !== '') return cell;
  throw new LatentcvError(
    'bad-data',
    `${place}: expected its group in the column ${label} but there is none`,
  );
}

/** The row of each structure in a table, by the column that names most of them, or the one that is named. */
function matched(
  structures: readonly AtomicStructure[],
  { path, labels, rows }: LabelTable,
  id: string | undefined,
): { rows: (number | undefined)[]; notes: string[] } {
  const columns = id === undefined ? labels.map((_, i) => i) : [labels.indexOf(id)];
  if (columns[0] < 0)
    throw new LatentcvError(
      'bad-argument',
      `expected a column ${id} in ${path} but it has ${shortList(labels, 8)}`,
    );
  const tried = columns.map((column) => ({
    column,
    found: rowsBy(
      structures,
      rows.map((row) => row[column]),
    ),
  }));
  const matches = (rows: (number | undefined)[]): number => rows.filter((row) => row !== undefined).length;
  const best = tried.reduce((a, b) => (matches(b.found) > matches(a.found) ? b : a));
  if (matches(best.found) === 0) throw noneMatch(structures, { path, labels, rows }, columns[0]);
  expectOnce(
    structures,
    best.found,
    rows.map((row) => row[best.column]),
    path,
  );
  const used = new Set(best.found);
  const unused = rows.map((row) => row[best.column]).filter((_, row) => !used.has(row));
  return {
    rows: best.found,
    notes: [
      `${matches(best.found)} of ${counted(structures.length, 'structure')} found in ${path} by its column ${labels[best.column]}` +
        (unused.length > 0
          ? `; ${counted(unused.length, 'row')} of it without a structure (${shortList(unused, 3)})`
          : ''),
    ],
  };
}

function rowsBy(structures: readonly AtomicStructure[], names: readonly string[]): (number | undefined)[] {
  const places = new Map<string, number>();
  names.forEach((name, row) => {
    if (name !== '' && !places.has(name)) places.set(name, row);
  });
  return structures.map(({ name, otherNames }) =>
    [name, ...otherNames].map((each) => places.get(each)).find((row) => row !== undefined),
  );
}

/** @throws LatentcvError `bad-data` where a name is that of two rows, or of two structures */
function expectOnce(
  structures: readonly AtomicStructure[],
  found: readonly (number | undefined)[],
  names: readonly string[],
  path: string,
): void {
  const owners = new Map<number, number>();
  found.forEach((row, i) => {
    if (row === undefined) return;
    const other = names.findIndex((name, at) => name === names[row] && at !== row);
    if (other >= 0)
      throw new LatentcvError(
        'bad-data',
        `expected ${names[row]} once in ${path} but it is in row ${Math.min(row, other) + 1} and row ${Math.max(row, other) + 1}`,
      );
    const before = owners.get(row);
    if (before !== undefined)
      throw new LatentcvError(
        'bad-data',
        `expected one structure that is called ${names[row]}, as row ${row + 1} of ${path}, but found ${structures[before].place} and ${structures[i].place}`,
      );
    owners.set(row, i);
  });
}

function noneMatch(
  structures: readonly AtomicStructure[],
  { path, labels, rows }: LabelTable,
  column: number,
): LatentcvError {
  const names = rows.map((row) => row[column]);
  return new LatentcvError(
    'bad-data',
    `expected the names of structures in ${path} (${labels[column]}: ${shortList(names, 3)}) but none is one of ${shortList(
      structures.map(({ name }) => name),
      3,
    )}`,
    'a structure is called by its file’s name, with or without its ending, or by name or id in an extended XYZ; ‘id’ names the column',
  );
}

function noLabels(
  structures: readonly AtomicStructure[],
  names: readonly string[],
  table: LabelTable | undefined,
): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected values of ${names.join(', ')} but none of the ${structures.length} structures has one${table ? ` in ${table.path}` : ''}`,
  );
}
