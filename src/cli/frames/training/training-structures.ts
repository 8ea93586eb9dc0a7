import { featureLines, structureColumns, structureSource } from '../../../campaign/index.js';
import { elementsOf, type StructureDefinition } from '../../../structures/index.js';
import { LatentcvError } from '../../../support/index.js';
import type { StructureRowOptions } from '../../options/index.js';
import { givenOptions, type TrainingOptions } from '../../options/training/index.js';
import { definitionOf, type TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import { structureRows } from '../structures/index.js';
import type { TrainingFrames } from './frames-to-learn.js';

/** Structures of any size and composition as the training takes them: a row each, with what was measured of it. */
export async function trainingStructures(
  names: readonly string[],
  options: TrainingOptions & TrajectoryOptions & StructureRowOptions & { plumed?: string },
  terminal: Terminal,
): Promise<TrainingFrames> {
  refuseOfRuns(options);
  const { properties = [], group, columns, composition = false } = options;
  const descriptors = await definitionOf(options);
  const definition: StructureDefinition = { composition, ...(descriptors && { descriptors }) };
  const id = nameColumn(options);
  const wanted = {
    properties,
    definition,
    ...(id !== undefined && { id }),
    ...(group !== undefined && { group }),
  };
  const rows = await structureRows(names, wanted, options, terminal);
  return {
    files: rows.files,
    sourceFor: (settings) => structureSource(rows, settings, columns),
    training: {
      ...givenOptions(options),
      properties: rows.measured.properties.map(({ name }) => name),
      rows: true,
      identifiers: [structureColumns.name, structureColumns.formula],
    },
    features: featureLines({
      of: 'structures',
      elements: elementsOf(rows.measured.structures),
      ...definition,
    }),
  };
}

/** The one column, or key of comment lines, that names structures. */
function nameColumn({ identifiers = [] }: TrainingOptions): string | undefined {
  if (identifiers.length <= 1) return identifiers[0];
  throw new LatentcvError(
    'bad-argument',
    `expected one column that names structures but received ${identifiers.join(', ')}`,
  );
}

/** Options that would be without effect, or mean something else of structures. */
function refuseOfRuns({
  labels,
  weights,
  plumed,
  unbiased,
  weightsFrom,
}: TrainingOptions & { plumed?: string }): void {
  if (labels !== undefined && /\.[a-z]{3}$/i.test(labels))
    throw new LatentcvError(
      'bad-argument',
      `expected states for ‘labels’ but received the file ${labels}`,
      '‘propertiesFrom’ names the table with the properties of structures',
    );
  const given = Object.entries({ labels, weights, plumed, unbiased, weightsFrom }).find(
    ([, value]) => value !== undefined,
  );
  if (!given) return;
  throw new LatentcvError(
    'bad-argument',
    `expected structures without ‘${given[0]}’, which is of frames of runs`,
  );
}
