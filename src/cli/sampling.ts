import {
  deltaF,
  findTransitions,
  framesWithin,
  reweight,
  temperatureOf,
  unbiasedSample,
  type DeltaF,
  type Transitions,
  type WeightedSample,
} from '../analysis/index.js';
import { readColvar, type ColumnPattern, type ColvarDataset } from '../frames/index.js';
import { LatentcvError } from '../support/errors.js';
import type { SamplingOptions } from './sampling-options.js';
import type { Terminal } from './terminal.js';

/** Frames of a run with their weights, and its columns by name. */
export interface Sampling {
  dataset: ColvarDataset;
  sample: WeightedSample;
  /** Undefined for a run without a bias. */
  biasColumn: string | undefined;
  /** A column's values `[frames]`. */
  values: (column: string) => Float64Array;
  period: (column: string) => readonly [number, number] | undefined;
}

/** Reads COLVAR files and weighs their frames by the bias. */
export async function loadSampling(
  files: readonly string[],
  columns: readonly string[],
  options: SamplingOptions,
  terminal: Terminal,
): Promise<Sampling> {
  const temperature = temperatureFrom(options);
  const asked = [options.basin?.column, options.basinA?.column, options.cores?.column];
  const wanted = [...columns, ...asked.filter((column) => column !== undefined)];
  const dataset = await readColumns(files, wanted, options, terminal);
  const values = (column: string): Float64Array => columnValues(dataset, column);
  const biasColumn = chooseBias(dataset, options.bias);
  const weighing = { ranges: dataset.segments, replicas: options.replicas, discard: options.discard };
  const sample =
    biasColumn === undefined
      ? unbiasedSample(dataset.frames, temperature, weighing)
      : reweight(values(biasColumn), temperature, weighing);
  const period = (label: string) => dataset.columns.find((column) => column.label === label)?.period;
  return { dataset, sample, biasColumn, values, period };
}

function temperatureFrom({ temperature, kt }: SamplingOptions): number {
  if (kt !== undefined) return temperatureOf(kt);
  if (temperature !== undefined) return temperature;
  throw new LatentcvError(
    'bad-argument',
    'expected --temperature (K), or --kt for natural units, but found neither',
  );
}

const anyBias = /.*\.r?bias/;

async function readColumns(
  files: readonly string[],
  wanted: readonly string[],
  { bias, begin, end }: SamplingOptions,
  terminal: Terminal,
): Promise<ColvarDataset> {
  const biasColumns: ColumnPattern[] = bias === 'none' ? [] : [bias ?? anyBias];
  const times = { ...(begin !== undefined && { begin }), ...(end !== undefined && { end }) };
  try {
    const onWarning = (line: string): void => terminal.warn(line);
    return await readColvar(files, { columns: [...wanted, ...biasColumns], ...times, onWarning });
  } catch (error) {
    if (!(error instanceof LatentcvError && error.message.includes(String(anyBias)))) throw error;
    throw new LatentcvError(
      'bad-data',
      `expected a column of the bias (*.bias or *.rbias) in ${files.join(', ')} but found none`,
      'name it with --bias, or say --bias none for a run without one',
    );
  }
}

/** The bias to weigh by: metadynamics' `rbias` before its `bias`. */
function chooseBias({ columns }: ColvarDataset, asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked === 'none' ? undefined : asked;
  const found = columns.map((column) => column.label).filter((label) => /\.r?bias$/.test(label));
  const best = found.filter((label) => label.endsWith('.rbias'));
  const [column, ...more] = best.length > 0 ? best : found;
  if (more.length === 0) return column;
  throw new LatentcvError(
    'bad-argument',
    `expected one column of a bias but found ${found.join(', ')}`,
    `say which is to be taken, such as --bias ${column}`,
  );
}

function columnValues({ columns, frames, data }: ColvarDataset, label: string): Float64Array {
  const index = columns.findIndex((column) => column.label === label);
  return Float64Array.from({ length: frames }, (_, frame) => data[frame * columns.length + index]);
}

/** F(B) − F(A) where `--basin` was given. */
export function deltaFOf({ sample, values }: Sampling, options: SamplingOptions): DeltaF | undefined {
  const { basin, basinA, blocks } = options;
  if (!basin) return undefined;
  return deltaF({
    sample,
    inB: framesWithin(values(basin.column), basin.interval),
    ...(basinA && { inA: framesWithin(values(basinA.column), basinA.interval) }),
    ...(blocks !== undefined && { blocks }),
  });
}

/** Transitions over the whole run where `--cores` was given. */
export function transitionsOf(
  { dataset, values }: Sampling,
  { cores }: SamplingOptions,
): Transitions | undefined {
  if (!cores) return undefined;
  return findTransitions(values(cores.column), dataset.time, cores, { ranges: dataset.segments });
}
