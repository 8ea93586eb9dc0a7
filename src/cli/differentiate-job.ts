import { plumedDescriptors } from '../campaign/index.js';
import { descriptorUnits, type DescriptorSet } from '../descriptors/index.js';
import { readTables, type Dataset, type TableDataset } from '../frames/index.js';
import {
  randomRanges,
  readModelBytes,
  externalFiles,
  withExternalData,
  type ModelOutput,
} from '../onnx/index.js';
import {
  differentiateModel,
  foreignValues,
  readForeignModel,
  type ForeignModel,
} from '../onnx/foreign/index.js';
import { LatentcvError, outputPlace } from '../support/index.js';
import { Random } from '../training/data/index.js';
import type { DifferentiateOptions } from './commands/index.js';
import { knownInputs, modelInput, pick, rangeOfColumn, type KnownInput } from './foreign-inputs.js';
import { expectIntervals, expectKnownNames } from './options/index.js';
import { positionFrames } from './position-frames.js';
import { saveDifferentiated } from './save-differentiated.js';
import { tellDifferentiated } from './words/index.js';
import type { Terminal } from './terminal.js';

/** Frames at which the CVs' ranges are taken: enough for a grid, few enough for a large network in JavaScript. */
const mostFrames = 1000;

/** What is known of a network's inputs. */
interface Described {
  known: KnownInput[];
  descriptors?: DescriptorSet;
  /** Frames of them, where any were named. */
  dataset?: Pick<Dataset, 'columns' | 'data' | 'frames'>;
}

/** Reads a network made elsewhere, differentiates it and writes it as a model file. */
export async function differentiateFile(
  path: string,
  options: DifferentiateOptions,
  terminal: Terminal,
): Promise<void> {
  expectTogether(options);
  expectIntervals('--period', options.period);
  const output = options.output ?? `${path.replace(/\.onnx$/, '')}.latentcv.onnx`;
  const weights = options.externalData ? await externalFiles(path) : [];
  await outputPlace(output, [...filesRead(path, options), ...weights]);
  const foreign = await readForeign(path, options);
  const names = outputNames(foreign, options);
  const { known, descriptors, dataset } = foreign.positions
    ? await positionFrames(foreign, options, terminal)
    : await columnFrames(foreign, options, terminal);
  const inputs = foreign.positions ? [] : known.map(({ label }) => label);
  expectKnownNames('--period', options.period, { inputs, outputs: names });
  const rows = dataset ? framesOf(dataset) : randomRows(known);
  const values = foreignValues(foreign, rows);
  const made = differentiateModel(foreign, {
    inputs: described(known, descriptors).map(modelInput),
    outputs: modelOutputs(names, values, options),
    descriptors,
    check: checkRows(rows, values),
    record: { source: path, ranges: dataset ? 'frames' : randomRanges, frames: dataset?.frames },
  });
  const operators = await saveDifferentiated(output, foreign, made);
  tellDifferentiated(output, foreign, made, { operators, fromFrames: dataset !== undefined }, terminal);
}

function filesRead(path: string, options: DifferentiateOptions): string[] {
  const { colvar = [], trajectory = [], structure, plumed, inputsFile } = options;
  const one = [structure, plumed, inputsFile].filter((file) => file !== undefined);
  return [path, ...colvar, ...trajectory, ...one];
}

/** Options of networks of positions say nothing of others, and the reverse. */
function expectTogether(options: DifferentiateOptions): void {
  const refused = options.positions
    ? (['inputs', 'inputsFile', 'units', 'range', 'colvar', 'plumed'] as const)
    : (['atoms', 'structure', 'trajectory', 'salvage'] as const);
  const found = refused.find((name) => options[name] !== undefined);
  if (found === undefined) return;
  const flag = found === 'inputsFile' ? 'inputs-file' : found;
  throw new LatentcvError(
    'bad-argument',
    `expected ${options.positions ? 'no' : '--positions beside'} --${flag}${options.positions ? ' beside --positions' : ''}`,
    options.positions
      ? 'the inputs of a network of positions are its atoms: --atoms, --structure and --trajectory name them'
      : '--positions nm or --positions A says that the network takes positions of atoms',
  );
}

async function columnFrames(
  foreign: ForeignModel,
  options: DifferentiateOptions,
  terminal: Terminal,
): Promise<Described> {
  const dataset = options.colvar && (await readFrames(options, foreign, terminal));
  const columns = dataset?.columns.map(({ label }) => label);
  // patterns of --inputs stand for the columns that they chose
  const inputs = columns ?? options.inputs;
  const known = withColumns(
    await knownInputs(foreign, { ...options, ...(inputs && { inputs }) }, columns),
    dataset,
  );
  const descriptors =
    options.plumed === undefined
      ? undefined
      : await plumedDescriptors(options.plumed, { columns: known }, (line) => terminal.warn(line));
  return { known, descriptors, dataset };
}

async function readForeign(
  path: string,
  { cv, positions, externalData }: DifferentiateOptions,
): Promise<ForeignModel> {
  const bytes = await readModelBytes(path);
  try {
    return readForeignModel(externalData ? await withExternalData(path, bytes) : bytes, {
      output: cv,
      positions,
    });
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}

function readFrames(
  { colvar, inputs }: DifferentiateOptions,
  { labels }: ForeignModel,
  terminal: Terminal,
): Promise<TableDataset> {
  const columns = inputs ?? labels;
  return readTables(colvar!, { columns, onWarning: (line) => terminal.warn(line) });
}

/** What the frames say of the inputs, where it was not given. */
function withColumns(known: readonly KnownInput[], dataset?: TableDataset): KnownInput[] {
  if (!dataset) return [...known];
  return known.map((input, i) => {
    const { period } = dataset.columns[i];
    return { period, range: rangeOfColumn(dataset, i), ...input };
  });
}

function described(known: readonly KnownInput[], descriptors?: DescriptorSet): KnownInput[] {
  return known.map((input, i) =>
    descriptors ? { ...input, unit: descriptorUnits[descriptors.items[i].kind] } : input,
  );
}

function framesOf({ data, columns, frames }: NonNullable<Described['dataset']>): number[][] {
  const stride = Math.ceil(frames / mostFrames);
  const count = Math.ceil(frames / stride);
  return Array.from({ length: count }, (_, i) => [
    ...data.subarray(i * stride * columns.length, (i * stride + 1) * columns.length),
  ]);
}

/** Inputs from their ranges or periods; from −1 to 1 where nothing is known. */
function randomRows(known: readonly KnownInput[]): number[][] {
  const random = new Random(1);
  return Array.from({ length: 100 }, () =>
    known.map(({ range, period, sought = [-1, 1] }) => random.uniform(...(range ?? period ?? sought))),
  );
}

function outputNames({ cv, cvNames }: ForeignModel, options: DifferentiateOptions): string[] {
  const k = cv.shape[1] as number;
  const names = options.names ?? cvNames ?? Array.from({ length: k }, (_, i) => `node-${i}`);
  if (names.length === k) return names;
  throw new LatentcvError('bad-argument', `expected ${k} names of CVs but received ${names.length}`);
}

function modelOutputs(
  names: readonly string[],
  values: readonly number[][],
  options: DifferentiateOptions,
): ModelOutput[] {
  return names.map((name, i) => {
    const column = values.map((row) => row[i]).filter(Number.isFinite);
    const ends = column.reduce(
      ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
      [Infinity, -Infinity],
    );
    const [min, max] = column.length > 0 ? ends : [0, 0];
    return { name, ...pick(options.period, name, 'period'), min, max };
  });
}

/** Where the first CV has its ends and its median. */
function checkRows(rows: readonly number[][], values: readonly number[][]): number[][] {
  const order = rows.map((_, i) => i).sort((a, b) => values[a][0] - values[b][0]);
  const places = [0, order.length >> 1, order.length - 1];
  return [...new Set(places)].map((place) => rows[order[place]]);
}
