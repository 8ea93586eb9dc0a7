import { expectDataset, columnValues, type Column, type Dataset } from '../frames/index.js';
import type { DecoderGraph, ModelFile, ModelMetadata, ModelGraph } from '../onnx/index.js';
import { median } from '../properties/index.js';
import { expectObject, LatentcvError } from '../support/index.js';
import { evaluatorOf } from './evaluator.js';

/** How far CVs move, each by its range in training, when what was decoded of them is encoded again. */
export interface Cycle {
  /** Of half of the rows less, of the others more. */
  median: number;
  worst: number;
}

/** What a decoder makes of CVs. */
export interface Decoded {
  /** The model's inputs in their units, and what the CVs tell of its properties; with the times of the CVs. */
  dataset: Dataset;
  cycle: Cycle;
  /** Rows with a CV beyond its range in training, where a decoder has seen nothing. */
  outside: number;
}

/** A model that has what `decode` and `design` need. */
export interface DecodingModel {
  graph: ModelGraph;
  metadata: ModelMetadata;
  decoder: DecoderGraph;
}

/** @throws LatentcvError `bad-model` where there is no decoder, or none that does what is asked */
export function expectDecoder(model: ModelFile, need: 'reconstruction' | 'property'): DecodingModel {
  expectObject(model, 'model', 'a model file, as loadModel gives it,');
  const { graph, metadata, decoder, problem } = model;
  if (!graph && problem) throw problem;
  if (graph && metadata && decoder?.[need]) return { graph, metadata, decoder };
  const what = need === 'property' ? 'that predicts properties' : 'with a decoder';
  const has = metadata
    ? `of the method ${metadata.method}, which has ${whatItHas(decoder)}`
    : 'from elsewhere';
  throw new LatentcvError(
    'bad-model',
    `expected a model ${what} but received one ${has}`,
    need === 'property'
      ? 'train with ‘properties’ and the method multitask-autoencoder or regression'
      : 'train anew, without ‘no-decoder’, by a method that rebuilds its inputs, such as autoencoder or multitask-autoencoder',
  );
}

function whatItHas(decoder: DecoderGraph | undefined): string {
  if (!decoder) return 'no way back from its CVs';
  return decoder.property ? 'no way back to its inputs' : 'no properties';
}

/**
 * Inputs that a model's decoder makes of CVs, found among the dataset's columns by the names of the model's outputs, encoded
 * again to see how far that leads away.
 * @throws LatentcvError `bad-model` where the model has no decoder, `bad-argument` where a CV is missing, or an argument is of
 * another kind
 */
export async function decode(model: ModelFile, cvs: Dataset): Promise<Decoded> {
  const { graph, metadata, decoder } = expectDecoder(model, 'reconstruction');
  expectDataset(cvs);
  const rows = rowsOf(
    metadata.outputs.map(({ name }) => columnValues(cvs, name)),
    cvs.frames,
  );
  const { cv, reconstruction, property } = decoder;
  const [way, back] = await Promise.all([
    evaluatorOf<string>(cv, { reconstruction: reconstruction!, ...(property && { property }) }),
    evaluatorOf(graph.x, { cv: graph.cv }),
  ]);
  try {
    const found = await way.run(rows);
    const again = await back.run(found.reconstruction);
    const moved = distancesBetween(rows, again.cv, metadata);
    const properties = (property && metadata.properties) ?? [];
    const columns: Column[] = [
      ...metadata.inputs.map(({ label, period }) => ({ label, ...(period && { period }) })),
      ...properties.map((label) => ({ label })),
    ];
    return {
      dataset: { ...cvs, columns, data: sideBySide(cvs.frames, Object.values(found)) },
      cycle: {
        median: median([...moved]),
        worst: moved.reduce((a, b) => Math.max(a, b), 0),
      },
      outside: outsideOf(rows, metadata),
    };
  } finally {
    await Promise.all([way.release(), back.release()]);
  }
}

/** Euclidean, each CV by its range in training, between rows `[rows, k]`. */
export function distancesBetween(
  a: Float64Array,
  b: Float64Array,
  { outputs }: Pick<ModelMetadata, 'outputs'>,
): Float64Array {
  const k = outputs.length;
  return Float64Array.from({ length: a.length / k }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += ((a[row * k + j] - b[row * k + j]) / rangeOf(outputs[j])) ** 2;
    return Math.sqrt(sum);
  });
}

export const rangeOf = ({ min, max }: { min: number; max: number }): number => max - min || 1;

function outsideOf(rows: Float64Array, { outputs }: ModelMetadata): number {
  const k = outputs.length;
  let count = 0;
  for (let row = 0; row < rows.length / k; row++)
    if (outputs.some(({ min, max }, j) => rows[row * k + j] < min || rows[row * k + j] > max)) count++;
  return count;
}

/** Columns as row-major `[frames, columns]`. */
export function rowsOf(columns: readonly Float64Array[], frames: number): Float64Array {
  const out = new Float64Array(frames * columns.length);
  columns.forEach((values, i) => {
    for (let frame = 0; frame < frames; frame++) out[frame * columns.length + i] = values[frame];
  });
  return out;
}

/** Tables `[frames, …]` as one. */
function sideBySide(frames: number, tables: readonly Float64Array[]): Float64Array {
  const widths = tables.map(({ length }) => length / Math.max(frames, 1));
  const width = widths.reduce((a, b) => a + b, 0);
  const out = new Float64Array(frames * width);
  for (let frame = 0; frame < frames; frame++) {
    let at = frame * width;
    tables.forEach((table, t) => {
      out.set(table.subarray(frame * widths[t], (frame + 1) * widths[t]), at);
      at += widths[t];
    });
  }
  return out;
}
