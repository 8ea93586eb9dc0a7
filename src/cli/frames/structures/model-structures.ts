import { parseFeatures, structureColumns, structureDataset } from '../../../campaign/index.js';
import type { Dataset } from '../../../frames/index.js';
import type { ModelMetadata } from '../../../onnx/index.js';
import { elementsOf, isStructureName } from '../../../structures/index.js';
import { counted, shortList } from '../../../support/index.js';
import type { StructureRowOptions } from '../../options/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import { isFolder } from '../sampled-files.js';
import { structureRows } from './structure-rows.js';

/** Structures with the inputs of a model, and what else is known of them. */
export interface ModelStructures {
  dataset: Dataset;
  rows: { identifiers: string[]; measured: string[] };
  /** All that were read. */
  files: string[];
}

/**
 * Structures by what a model that was trained on some computes of them; undefined where tables are named.
 * @throws LatentcvError as `structureRows` does
 */
export async function modelStructures(
  names: readonly string[],
  { features = [], inputs, properties = [] }: ModelMetadata,
  options: StructureRowOptions & TrajectoryOptions & { identifiers?: readonly string[] | undefined },
  terminal: Terminal,
): Promise<ModelStructures | undefined> {
  const are = names.every((name) => options.format !== undefined || isFolder(name) || isStructureName(name));
  if (!are) return undefined;
  const definition = parseFeatures(features);
  if (definition.of !== 'structures') return undefined;
  const [id] = options.identifiers ?? [];
  const rows = await structureRows(
    names,
    { properties: [], measured: properties, definition, ...(id !== undefined && { id }) },
    options,
    terminal,
  );
  const labels = inputs.map(({ label }) => label);
  const { structures } = rows.measured;
  const unseen = structures.filter(({ elements }) =>
    elements.some((element) => !definition.elements.includes(element)),
  );
  if (unseen.length > 0)
    terminal.warn(
      `${unseen.length} of ${counted(structures.length, 'structure')} ${unseen.length === 1 ? 'has' : 'have'} elements that the model has not learned from: ${shortList(
        elementsOf(unseen).filter((element) => !definition.elements.includes(element)),
        8,
      )}`,
    );
  return {
    dataset: structureDataset({ ...rows, inputs: labels }),
    rows: {
      identifiers: [structureColumns.name, structureColumns.formula],
      measured: rows.measured.properties.map(({ name }) => name),
    },
    files: rows.files,
  };
}
