import type { Column, Dataset } from '../../frames/index.js';
import { LatentcvError, shortList } from '../../support/index.js';
import { formulaOf, type MeasuredStructures, type StructureFeatures } from '../../structures/index.js';

/** The columns that name structures. */
export const structureColumns = { name: 'structure', formula: 'formula' } as const;

/** Structures with what was measured and computed of them. */
export interface StructureRows {
  measured: MeasuredStructures;
  features: StructureFeatures;
  /** What the column of groups is called, where there is one. */
  group?: string;
  /** Labels of a model's inputs: those that no structure has atoms of are 0, others are left out. */
  inputs?: readonly string[];
}

function ofText(label: string, cells: readonly string[]): { column: Column; values: Float64Array } {
  const words = [...new Set(cells)];
  const places = new Map(words.map((word, i) => [word, i]));
  return {
    column: { label, aside: true, words },
    values: Float64Array.from(cells, (cell) => places.get(cell)!),
  };
}

/**
 * A row for each structure: its name and formula, its group, what was computed of it, what was measured (NaN where it is missing).
 * @throws LatentcvError `bad-data` where a model's input cannot be computed, as a property of an element is not known
 */
export function structureDataset({ measured, features, group, inputs }: StructureRows): Dataset {
  const { structures, properties } = measured;
  const texts = [
    ofText(
      structureColumns.name,
      structures.map(({ name }) => name),
    ),
    ofText(structureColumns.formula, structures.map(formulaOf)),
    ...(group !== undefined && measured.group && group !== structureColumns.formula
      ? [ofText(group, measured.group)]
      : []),
  ];
  const labels = inputs ?? features.labels;
  const places = new Map(features.labels.map((label, i) => [label, i]));
  if (inputs) expectComputed(inputs, features);
  const columns: Column[] = [
    ...texts.map(({ column }) => column),
    ...labels.map((label) => ({ label })),
    ...properties.map(({ name }) => ({ label: name })),
  ];
  const data = new Float64Array(structures.length * columns.length);
  for (let row = 0; row < structures.length; row++) {
    const computed = labels.map((label) => {
      const at = places.get(label);
      return at === undefined ? 0 : features.data[row * features.labels.length + at];
    });
    const numbers = [
      ...texts.map(({ values }) => values[row]),
      ...computed,
      ...properties.map(({ values }) => values[row]),
    ];
    data.set(numbers, row * columns.length);
  }
  return {
    columns,
    frames: structures.length,
    data,
    time: Float64Array.from(structures, (_, i) => i),
    segments: [{ start: 0, end: structures.length, source: structures[0]?.place ?? '' }],
    rows: true,
  };
}

/**
 * Statistics of a property that an element has no value of cannot be computed.
 * @param inputs of a model
 * @throws LatentcvError `bad-data` where one of them is such
 */
export function expectComputed(
  inputs: readonly string[],
  { labels, leftOut }: Pick<StructureFeatures, 'labels' | 'leftOut'>,
): void {
  const known = new Set(labels);
  const missing = inputs.filter((label) => !known.has(label));
  const unknown = leftOut.find(({ property }) =>
    missing.some((label) => ` ${label}`.includes(` ${property} `)),
  );
  if (!unknown) return;
  throw new LatentcvError(
    'bad-data',
    `expected the ${unknown.property} of ${unknown.element}, from which the model predicts (${shortList(missing, 3)}), but the table of elements has none`,
    `leave out what has ${unknown.element}`,
  );
}
