import { compositionFeatures } from '../composition/index.js';
import { LatentcvError, shortList } from '../support/index.js';
import type { Definition } from '../trajectories/index.js';
import { compositionOf, type AtomicStructure } from './atomic-structure.js';
import { describeStructure, expectForStructures, type DescribedValue } from './describe.js';

/** What is computed of every structure. */
export interface StructureDefinition {
  /** Descriptors of its atoms; none where left out. */
  descriptors?: Definition;
  /** Whether there are statistics of its elements' properties. */
  composition: boolean;
}

/** Numbers of structures, a row each. */
export interface StructureFeatures {
  labels: string[];
  /** Row-major `[structures, labels]`. */
  data: Float64Array;
  /** What was done that changes numbers, a line each. */
  notes: string[];
  /** Properties of the elements that have no columns, as an element has no value. */
  leftOut: { property: string; element: string }[];
}

/** How it goes on. */
export interface FeatureOptions {
  signal?: AbortSignal;
  onStructures?: (done: number, all: number) => void;
}

/**
 * Fixed-length descriptors and statistics of composition of structures of any sizes and elements. What is of pairs of elements
 * that a structure has not, or of atoms that it has none of, is 0 there.
 * @throws LatentcvError `bad-argument`, `bad-data` naming the structure; see `describeStructure`
 */
export async function structureFeatures(
  structures: readonly AtomicStructure[],
  { descriptors, composition }: StructureDefinition,
  options: FeatureOptions = {},
): Promise<StructureFeatures> {
  const described = descriptors
    ? await describedColumns(structures, descriptors, options)
    : { labels: [], columns: [], notes: [] };
  const elements = composition
    ? compositionFeatures(structures.map(compositionOf))
    : { labels: [], data: new Float64Array(0), leftOut: [] };
  const labels = [...described.labels, ...elements.labels];
  const data = new Float64Array(structures.length * labels.length);
  for (const [row] of structures.entries()) {
    described.columns.forEach((column, i) => (data[row * labels.length + i] = column[row]));
    const { length } = elements.labels;
    data.set(
      elements.data.subarray(row * length, (row + 1) * length),
      row * labels.length + described.labels.length,
    );
  }
  return { labels, data, notes: described.notes, leftOut: elements.leftOut };
}

interface Columns {
  labels: string[];
  columns: Float64Array[];
  notes: string[];
}

async function describedColumns(
  structures: readonly AtomicStructure[],
  definition: Definition,
  { signal, onStructures }: FeatureOptions,
): Promise<Columns> {
  expectForStructures(definition);
  const described: DescribedValue[][][] = [];
  for (const structure of structures) {
    if (signal?.aborted) throw new LatentcvError('interrupted', 'the computing of descriptors was stopped');
    described.push(await describeStructure(structure, definition));
    onStructures?.(described.length, structures.length);
  }
  const columns = definition.statements.map((_, i) => columnsOf(described.map((values) => values[i])));
  definition.statements.forEach(({ text }, i) => {
    if (columns[i].size > 0) return;
    throw new LatentcvError(
      'bad-argument',
      `expected a structure with atoms of "${text}" but none of the ${structures.length} has them`,
    );
  });
  const labels = uniqueLabels(columns.map((of) => [...of.keys()]));
  const texts = definition.statements.map(({ text }) => text);
  return {
    labels,
    columns: columns.flatMap((of) => [...of.values()].map(({ column }) => column)),
    notes: [...cellNotes(texts), ...lackingNotes(texts, columns, structures.length)],
  };
}

/** The values of one statement, by what is in the label before the dot and behind it. */
type StatementColumns = Map<string, { base: string; column: Float64Array; has: number }>;

/** Every number that a statement gives of any of the structures, those of one pair of elements together. */
function columnsOf(rows: readonly DescribedValue[][]): StatementColumns {
  const found: StatementColumns = new Map();
  rows.forEach((values, row) => {
    for (const { base, component, value } of values) {
      const label = base + component;
      const known = found.get(label) ?? { base, column: new Float64Array(rows.length), has: 0 };
      known.column[row] = value;
      known.has++;
      found.set(label, known);
    }
  });
  const places = new Map([...found.keys()].map((label, i) => [label, i]));
  const sorted = [...found].sort(
    ([a, { base: of }], [b, { base: other }]) =>
      (of < other ? -1 : of > other ? 1 : 0) || places.get(a)! - places.get(b)!,
  );
  return new Map(sorted);
}

/** Of statements that give columns of one name, the later’s are numbered. */
function uniqueLabels(statements: readonly (readonly string[])[]): string[] {
  const taken = new Set<string>();
  return statements.flatMap((labels) => {
    let suffix = '';
    for (let n = 2; labels.some((label) => taken.has(numbered(label, suffix))); n++) suffix = `_v${n}`;
    return labels.map((label) => {
      const name = numbered(label, suffix);
      taken.add(name);
      return name;
    });
  });
}

/** `rdf_all_v2.3` */
const numbered = (label: string, suffix: string): string => label.replace(/(?=\.)|$/, suffix);

function cellNotes(texts: readonly string[]): string[] {
  const ofCell = texts.filter((text) => /^(cell|bragg|volume\s*$)/.test(text));
  if (ofCell.length === 0) return [];
  return [`of the cell that a file has, not of the crystal: ${ofCell.join('; ')} (volume all is by atom)`];
}

function lackingNotes(
  texts: readonly string[],
  columns: readonly StatementColumns[],
  structures: number,
): string[] {
  return columns.flatMap((of, i) => {
    const lacking = [...of].filter(([, { has }]) => has < structures);
    if (lacking.length === 0) return [];
    const bases = [...new Set(lacking.map(([, { base }]) => base))];
    return [`0 in structures that have no such atoms, in "${texts[i]}": ${shortList(bases, 5)}`];
  });
}
