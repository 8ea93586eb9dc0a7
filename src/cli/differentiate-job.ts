import { plumedDescriptors } from '../campaign/index.js';
import { descriptorUnits, type DescriptorSet } from '../descriptors/index.js';
import { readTables, shortList, type Dataset, type TableDataset } from '../frames/index.js';
import {
  differenceTolerance,
  differentiateModel,
  foreignValues,
  oldestWithJacobian,
  randomRanges,
  readForeignModel,
  readModelBytes,
  saveBytes,
  saveModel,
  withExternalData,
  writeKept,
  writeModelFile,
  type Differentiated,
  type ForeignModel,
  type ModelInput,
  type ModelOutput,
  type NewModel,
} from '../onnx/index.js';
import { loadModel as loadNative } from '../native/index.js';
import { quoteWord } from '../plumed/words.js';
import { LatentcvError } from '../support/errors.js';
import { outputPlace } from '../support/output-place.js';
import { Random } from '../training/random.js';
import type { DifferentiateOptions } from './commands/differentiate.js';
import { knownInputs, modelInput, pick, type KnownInput } from './foreign-inputs.js';
import { expectIntervals, expectKnownNames } from './known-names.js';
import { positionFrames } from './position-frames.js';
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
  await outputPlace(output, filesRead(path, options));
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
    ...(descriptors && { descriptors }),
    check: checkRows(rows, values),
    record: { source: path, ranges: dataset ? 'frames' : randomRanges, frames: dataset?.frames },
  });
  const written = await saveDifferentiated(output, foreign, made);
  tell(output, foreign, made, dataset !== undefined, terminal);
  tellUnknownRanges(made, terminal);
  tellWritten(written, foreign, terminal);
  tellJson(output, foreign, made, written, terminal);
}

function filesRead(path: string, options: DifferentiateOptions): string[] {
  const { colvar = [], trajectory = [], structure, plumed, inputsFile } = options;
  const one = [structure, plumed, inputsFile].filter((file) => file !== undefined);
  return [path, ...colvar, ...trajectory, ...one];
}

function tellJson(
  output: string,
  { producer, opset, names }: ForeignModel,
  { model, gradientError }: Differentiated,
  operators: Operators,
  terminal: Terminal,
): void {
  const { inputs, outputs } = model.metadata;
  terminal.json({ output, producer, opset, names, operators, inputs, outputs, gradientError });
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
  return { known, ...(descriptors && { descriptors }), ...(dataset && { dataset }) };
}

/** What became of the file's own operators. */
type Operators = 'kept' | 'rewritten' | 'rewritten in double' | 'unknown';

/**
 * Keeps the file's own nodes where the native evaluator, the plugin's, takes them; else writes our graph, of which ONNX
 * Runtime knows every operator. `unknown` where there is no addon to ask.
 */
async function saveDifferentiated(
  output: string,
  foreign: ForeignModel,
  made: Differentiated,
): Promise<Operators> {
  try {
    await saveBytes(output, writeKept(foreign, made), (path) => loadNative(path, { evaluator: 'native' }));
    return 'kept';
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code === 'bad-argument') throw error;
    if (error.code !== 'missing-tool') return saveRewritten(output, made.model);
    await saveModel(output, made.model);
    return 'unknown';
  }
}

/**
 * Our graph as the plugin's loader takes it: in double where single precision does not give what the check vectors promise.
 * Throws what the loader says of a file that it takes in neither.
 */
async function saveRewritten(output: string, model: NewModel): Promise<Operators> {
  const save = (precision: NewModel['precision']): Promise<void> =>
    saveBytes(output, writeModelFile({ ...model, ...(precision && { precision }) }), (path) =>
      loadNative(path),
    );
  try {
    await save(model.precision);
    return 'rewritten';
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    await save('double').catch((second: unknown) => {
      if (!(second instanceof LatentcvError)) throw second;
      // the file that is beside the output until it is whole
      const message = second.message.replace(/\.[0-9a-f]{8}\.part(?=:)/, '');
      throw new LatentcvError(second.code, message, second.hint);
    });
    return 'rewritten in double';
  }
}

function tellWritten(written: Operators, { opset }: ForeignModel, terminal: Terminal): void {
  if (written === 'kept') terminal.print('its own operators are kept, which ONNX_MODEL evaluates itself');
  if (written === 'rewritten in double')
    terminal.note('written in double: in single precision it does not reproduce its check vectors');
  if (written === 'unknown')
    terminal.warn(
      'the operators were rewritten: without the native addon it is not known whether the plugin evaluates them itself (npm rebuild latentcv builds it)',
    );
  if (written === 'kept' && opset < oldestWithJacobian)
    terminal.note(
      `operator set ${opset}: no output jacobian, which only EVALUATOR=onnxruntime and DEVICE=cuda need; export with operator set ${oldestWithJacobian} or later for them`,
    );
}

async function readForeign(
  path: string,
  { cv, positions, externalData }: DifferentiateOptions,
): Promise<ForeignModel> {
  const bytes = await readModelBytes(path);
  try {
    return readForeignModel(externalData ? await withExternalData(path, bytes) : bytes, {
      ...(cv !== undefined && { output: cv }),
      ...(positions && { positions }),
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
  return readTables(colvar!, { ...(columns && { columns }), onWarning: (line) => terminal.warn(line) });
}

/** What the frames say of the inputs, where it was not given. */
function withColumns(known: readonly KnownInput[], dataset?: TableDataset): KnownInput[] {
  if (!dataset) return [...known];
  const { columns, data } = dataset;
  return known.map((input, i) => {
    let [min, max] = [Infinity, -Infinity];
    for (let at = i; at < data.length; at += columns.length) {
      min = Math.min(min, data[at]);
      max = Math.max(max, data[at]);
    }
    const { period } = columns[i];
    return { ...(period && { period }), range: [min, max] as const, ...input };
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

function tellUnknownRanges({ model }: Differentiated, terminal: Terminal): void {
  const unknown = model.metadata.inputs.filter(({ min }) => min === undefined);
  if (unknown.length === 0) return;
  const labels = shortList(
    unknown.map(({ label }) => label),
    6,
  );
  terminal.note(`the file has no ranges of inputs, for OUTSIDE, as those of ${labels} are not known`);
}

function inputsInWords({ positions }: ForeignModel, inputs: readonly ModelInput[]): string {
  if (!positions) return inputs.map(({ label }) => label).join(', ');
  return `positions of ${positions.atoms} atoms, made whole in the order of ATOMS${positions.box ? ', and the box' : ''}`;
}

function tell(
  output: string,
  foreign: ForeignModel,
  { model, gradientError, flat }: Differentiated,
  fromFrames: boolean,
  terminal: Terminal,
): void {
  const { inputs, outputs, descriptors } = model.metadata;
  const { producer, opset, names } = foreign;
  terminal.print(
    `read ${names.input} → ${names.output}, written by ${producer || 'unknown'}, opset ${opset}`,
  );
  terminal.print(`inputs: ${inputsInWords(foreign, inputs)}`);
  terminal.print(`CVs: ${outputs.map(({ name }) => name).join(', ')}`);
  terminal.print(`derivatives agree with central differences to ${gradientError.toExponential(1)}`);
  if (gradientError > differenceTolerance)
    terminal.warn(
      'derivatives differ from central differences: the network has a kink there, or is very steep',
    );
  if (!fromFrames)
    terminal.warn(
      `ranges of the CVs are those of random inputs: name frames with ${foreign.positions ? '--trajectory and --structure' : '--colvar'} for grids and walls`,
    );
  for (const name of flat)
    terminal.warn(`${name} has no derivative at any check vector: a bias on it gives no force`);
  terminal.print(`wrote ${output}`);
  const source = descriptors
    ? `ATOMS=${descriptors.atoms.join(',')}`
    : `ARG=${inputs.map(({ label }) => label).join(',')}`;
  terminal.print(
    `in a PLUMED input, after LOAD: cv: ONNX_MODEL FILE=${quoteWord(output) ?? output} ${source}`,
  );
}
