import { plumedDescriptors } from '../../../campaign/index.js';
import type { DescriptorSet } from '../../../descriptors/index.js';
import { readTables, type TableDataset } from '../../../frames/index.js';
import type { ForeignModel } from '../../../onnx/foreign/index.js';
import type { Terminal } from '../../terminal.js';
import { knownInputs, rangeOfColumn, type KnownInput } from './known-inputs.js';
import type { DifferentiateOptions } from './options.js';

/** What a network of columns is evaluated from, and frames of it where there are any. */
interface ColumnFrames {
  known: KnownInput[];
  descriptors?: DescriptorSet;
  dataset?: TableDataset;
}

/** What is known of a network's inputs that are columns, and frames of them where there are any. */
export async function columnFrames(
  foreign: ForeignModel,
  options: DifferentiateOptions,
  terminal: Terminal,
): Promise<ColumnFrames> {
  const dataset = options.frames && (await readFrames(options, foreign, terminal));
  const found = dataset?.columns.map(({ label }) => label);
  // patterns of --columns stand for the columns that they chose
  const columns = found ?? options.columns;
  const known = withRanges(await knownInputs(foreign, { ...options, columns }, found), dataset);
  const descriptors =
    options.plumed === undefined
      ? undefined
      : await plumedDescriptors(options.plumed, { columns: known }, (line) => terminal.warn(line));
  return { known, descriptors, dataset };
}

function readFrames(
  { frames, columns }: DifferentiateOptions,
  { labels }: ForeignModel,
  terminal: Terminal,
): Promise<TableDataset> {
  return readTables(frames!, { columns: columns ?? labels, onWarning: (line) => terminal.warn(line) });
}

/** What the frames say of the inputs, where it was not given. */
function withRanges(known: readonly KnownInput[], dataset?: TableDataset): KnownInput[] {
  if (!dataset) return [...known];
  return known.map((input, i) => {
    const { period } = dataset.columns[i];
    return { ...input, period: input.period ?? period, range: input.range ?? rangeOfColumn(dataset, i) };
  });
}
