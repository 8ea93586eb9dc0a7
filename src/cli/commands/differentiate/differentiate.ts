import { descriptorUnits, type DescriptorSet } from '../../../descriptors/index.js';
import {
  differentiateModel,
  foreignValues,
  readForeignModel,
  type ForeignModel,
} from '../../../onnx/foreign/index.js';
import {
  externalFiles,
  randomRanges,
  readModelBytes,
  withExternalData,
  type ModelOutput,
} from '../../../onnx/index.js';
import { LatentcvError, outputPlace } from '../../../support/index.js';
import { expandFiles } from '../../frames/index.js';
import type { Terminal } from '../../terminal.js';
import { columnFrames } from './column-frames.js';
import { modelInput, pick, type KnownInput } from './known-inputs.js';
import { expectIntervals, expectKnownNames } from './known-names.js';
import { expectTogether, type DifferentiateOptions } from './options.js';
import { positionFrames } from './position-frames.js';
import { checkRows, randomRows, frameRows } from './rows.js';
import { saveDifferentiated } from './save.js';
import { tellDifferentiated } from './tell.js';

/** Reads a network made elsewhere, differentiates it and writes it as a model file. */
export async function differentiateFile(
  path: string,
  given: DifferentiateOptions,
  terminal: Terminal,
): Promise<void> {
  const options = { ...given, frames: given.frames && (await expandFiles(given.frames)) };
  expectTogether(options);
  expectIntervals('--periodic', options.periodic);
  const output = options.output ?? `${path.replace(/\.onnx$/, '')}.latentcv.onnx`;
  const weights = options.externalData ? await externalFiles(path) : [];
  await outputPlace(output, [...filesRead(path, options), ...weights]);
  const foreign = await readForeign(path, options);
  const names = outputNames(foreign, options);
  const { known, descriptors, dataset } = foreign.positions
    ? await positionFrames(foreign, options, terminal)
    : await columnFrames(foreign, options, terminal);
  const inputs = foreign.positions ? [] : known.map(({ label }) => label);
  expectKnownNames('--periodic', options.periodic, { inputs, outputs: names });
  const rows = dataset ? frameRows(dataset) : randomRows(known);
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
  const { frames = [], structure, plumed, inputsFile } = options;
  const one = [structure, plumed, inputsFile].filter((file) => file !== undefined);
  return [path, ...frames, ...one];
}

async function readForeign(
  path: string,
  { graphOutput, positions, externalData }: DifferentiateOptions,
): Promise<ForeignModel> {
  const bytes = await readModelBytes(path);
  try {
    return readForeignModel(externalData ? await withExternalData(path, bytes) : bytes, {
      graphOutput,
      positions,
    });
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}

function described(known: readonly KnownInput[], descriptors?: DescriptorSet): KnownInput[] {
  return known.map((input, i) =>
    descriptors ? { ...input, unit: descriptorUnits[descriptors.items[i].kind] } : input,
  );
}

function outputNames({ cv, cvNames }: ForeignModel, options: DifferentiateOptions): string[] {
  const k = cv.shape[1] as number;
  const names = options.cvNames ?? cvNames ?? Array.from({ length: k }, (_, i) => `node-${i}`);
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
    return { name, ...pick(options.periodic, name, 'period'), min, max };
  });
}
