import type { FeaturesOfCompositions } from '../../campaign/index.js';
import { readTables, tableLabels, type Dataset, type TableOptions } from '../../frames/index.js';
import type { ModelFile } from '../../onnx/index.js';
import { shortList } from '../../support/index.js';
import { tableReading, timeRange, type FrameOptions } from '../options/index.js';
import type { TrajectoryOptions } from '../options/trajectories/index.js';
import { unitsReading, type UnitOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { modelTrajectories, modelTrajectoryReading, refuseTableOptions } from './model-trajectories.js';
import type { ModelRows } from './model-rows.js';
import type { TrajectoriesWithBias } from './with-bias.js';

/** Options of what evaluates a model on frames. */
export type ModelFrameOptions = TrajectoryOptions &
  Partial<FrameOptions> &
  Partial<UnitOptions> & {
    /** Lengths of the CVs' gradients by the atoms as well, of trajectories. */
    gradient?: boolean | undefined;
  } & Parameters<typeof tableReading>[0];

/**
 * The inputs of the model, from tables or by its descriptors from trajectories.
 * @param behind further columns of tables
 * @param rows of a model of rows, what else tables hold of them
 */
export async function modelDataset(
  path: string,
  { metadata, graph }: ModelFile,
  files: readonly string[],
  options: ModelFrameOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
  behind: readonly string[] = [],
  rows?: ModelRows,
): Promise<Dataset> {
  const { modelPeriods, readModelFrames } = await import('../../campaign/index.js');
  const { names, dataset, periodic, lengthUnit } = options;
  const ofTables = { names, dataset, periodic, lengthUnit };
  const trajectories = await modelTrajectories(files, options, terminal, ofTables);
  const gradient = options.gradient && graph ? { gradient: graph } : {};
  if (trajectories) return readModelFrames({ ...trajectories, ...gradient, model: path, metadata, files });
  const reading = { ...tableReading(options), ...unitsReading(options, metadata?.inputs ?? []) };
  const labels = metadata?.inputs.map(({ label }) => label) ?? [];
  const own = rows?.compositions ? await ownColumns(files, labels, rows.compositions, reading) : labels;
  const table = await readTables(files, {
    ...timeRange(options),
    ...reading,
    ...rows?.reading,
    ...(metadata && {
      columns: [...new Set([...own, ...behind, ...(rows?.identifiers ?? []), ...(rows?.measured ?? [])])],
      periodic: [...modelPeriods(metadata), ...(reading.periodic ?? [])],
    }),
    onWarning: (line) => terminal.warn(line),
  });
  return rows?.compositions
    ? withFormulas(table, rows.compositions, { path: files[0], labels }, terminal)
    : table;
}

/** Of a table whose formulas the inputs are computed from: what it has of these, and the columns of formulas. */
async function ownColumns(
  [path]: readonly string[],
  inputs: readonly string[],
  of: FeaturesOfCompositions,
  reading: TableOptions,
): Promise<string[]> {
  const { columnsOfCompositions } = await import('../../campaign/index.js');
  const labels = await tableLabels(path, reading);
  return [
    ...inputs.filter((label) => labels.includes(label)),
    ...columnsOfCompositions({ path, labels }, of),
  ];
}

/** A table with the statistics of its formulas; it is told of elements that the model has not learned from. */
async function withFormulas(
  table: Dataset,
  of: FeaturesOfCompositions,
  { path, labels }: { path: string; labels: readonly string[] },
  terminal: Pick<Terminal, 'warn'>,
): Promise<Dataset> {
  const { expectComputed, withCompositions } = await import('../../campaign/index.js');
  const { dataset, compositions } = withCompositions(table, of, path);
  expectComputed(
    labels.filter((label) => !table.columns.some((column) => column.label === label)),
    compositions,
  );
  const found = compositions.compositions.flatMap((each) => [...each.keys()]);
  const unseen = [...new Set(found.filter((element) => !of.elements.includes(element)))].sort();
  if (unseen.length > 0)
    terminal.warn(`${path} has elements that the model has not learned from: ${shortList(unseen, 8)}`);
  return dataset;
}

/** The inputs of the model by its descriptors from trajectories of runs, with the columns that are joined to them. */
export async function modelRuns(
  path: string,
  { metadata, graph }: ModelFile,
  { files, structure, timestep, joined }: TrajectoriesWithBias,
  options: ModelFrameOptions,
  terminal: Pick<Terminal, 'note' | 'warn'>,
): Promise<Dataset> {
  const { readModelFrames } = await import('../../campaign/index.js');
  const { names, dataset, periodic, lengthUnit } = options;
  refuseTableOptions({ names, dataset, periodic, lengthUnit });
  const own = modelTrajectoryReading(options, terminal);
  return readModelFrames({
    ...own,
    structure: options.structure ?? structure,
    reading: { ...own.reading, timestep: options.timestep ?? timestep },
    ...(joined && { joined }),
    ...(options.gradient && graph && { gradient: graph }),
    model: path,
    metadata,
    files,
  });
}
