import { createOnnxRuntime } from '../../runtimes/index.js';
import { columnValues, type Column, type Dataset, expectDataset } from '../../frames/index.js';
import { modelNames, type ModelFile } from '../../onnx/index.js';
import { checkModelInputs } from './model-inputs.js';
import { LatentcvError, expectObject } from '../../support/index.js';

/** Frames of one call: some megabytes of inputs and outputs. */
const framesAtOnce = 4096;

/** What goes with a model's answers. */
export interface PredictOptions {
  onWarning?: (message: string) => void;
  before?: readonly string[];
  behind?: readonly string[];
}

/**
 * What a model says of frames: its CVs, the uncertainty of an ensemble, the properties it predicts, and of a committor
 * q (`committor`) and the bias from its gradient (`kolmogorov`, kJ/mol), as a dataset
 * with the same times. The dataset's columns are found by the labels of the model's inputs. `onWarning` is told of frames
 * far outside the training's.
 * @param options `before` and `behind` name columns of the dataset that go before and behind, as they are
 * @throws LatentcvError `bad-argument` where a column is missing, `bad-data` where its period differs or it is in another unit, `bad-model` for
 * a file without labels or that we do not read.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function predict(
  model: ModelFile,
  dataset: Dataset,
  { onWarning, before = [], behind = [] }: PredictOptions = {},
): Promise<Dataset> {
  expectObject(model, 'model', 'a model file, as loadModel gives it,');
  expectDataset(dataset);
  const { graph, metadata, problem } = model;
  if (!graph) throw problem ?? new LatentcvError('bad-model', 'expected a model that can be read');
  if (!metadata)
    throw new LatentcvError(
      'bad-model',
      'expected a model that names its inputs',
      '`latentcv differentiate` writes such a file',
    );
  const given = metadata.inputs.map(({ label }) => ({
    column: inputColumn(dataset, label),
    values: columnValues(dataset, label),
  }));
  checkModelInputs(given, metadata, onWarning);
  const columns = given.map(({ values }) => values);
  const { cv, uncertainty, property, propertyUncertainty, sides = {} } = graph;
  const sideValues = Object.entries(sides).map(([name, { value }]) => [name, value] as const);
  const outputs = {
    cv,
    ...(uncertainty && { uncertainty }),
    ...(property && { property }),
    ...(propertyUncertainty && { propertyUncertainty }),
    ...Object.fromEntries(sideValues),
  };
  const asItIs = (label: string): Column => ({
    ...dataset.columns.find((column) => column.label === label)!,
    label,
  });
  const labels: Column[] = [
    ...before.map(asItIs),
    ...metadata.outputs.map(({ name, period }) => ({ label: name, period })),
    ...(uncertainty ? [{ label: modelNames.uncertainty }] : []),
    ...(metadata.properties ?? []).map((label) => ({ label })),
    ...(propertyUncertainty ? metadata.properties! : []).map((name) => ({
      label: `${name}.${modelNames.uncertainty}`,
    })),
    ...sideValues.map(([label]) => ({ label })),
    ...behind.map(asItIs),
  ];
  const [first, further] = [before, behind].map((names) =>
    names.map((label) => columnValues(dataset, label)),
  );
  const runtime = createOnnxRuntime({ precision: 'double' });
  const program = await runtime.compile({ inputs: [graph.x], outputs });
  try {
    const data = new Float64Array(dataset.frames * labels.length);
    for (let start = 0; start < dataset.frames; start += framesAtOnce) {
      const frames = Math.min(framesAtOnce, dataset.frames - start);
      const rows = rowsOf(columns, start, frames);
      const found = await program.run({ [graph.x.name!]: { shape: [frames, columns.length], data: rows } });
      place(data, labels.length, start, [
        { shape: [frames, first.length], data: rowsOf(first, start, frames) },
        ...Object.keys(outputs).map((name) => found[name]),
        { shape: [frames, further.length], data: rowsOf(further, start, frames) },
      ]);
    }
    return { ...dataset, columns: labels, data };
  } finally {
    await program.release();
  }
}

function inputColumn({ columns }: Dataset, label: string): Column {
  const column = columns.find((each) => each.label === label);
  if (column) return column;
  throw new LatentcvError(
    'bad-argument',
    `expected the column ${label}, an input of the model, but it is not there`,
    `the model needs all of its inputs under the labels it was trained on`,
  );
}

function rowsOf(columns: Float64Array[], start: number, frames: number): Float64Array {
  const out = new Float64Array(frames * columns.length);
  columns.forEach((values, i) => {
    for (let frame = 0; frame < frames; frame++) out[frame * columns.length + i] = values[start + frame];
  });
  return out;
}

/** Tables `[frames, width]` side by side into the rows from `start`. */
function place(
  data: Float64Array,
  width: number,
  start: number,
  tables: { shape: readonly number[]; data: ArrayLike<number> }[],
): void {
  let offset = 0;
  for (const {
    shape: [frames, columns],
    data: values,
  } of tables) {
    for (let frame = 0; frame < frames; frame++)
      for (let i = 0; i < columns; i++)
        data[(start + frame) * width + offset + i] = values[frame * columns + i];
    offset += columns;
  }
}
