import { evaluate, simplify, type Tensor } from '../graph/index.js';
import { LatentcvError } from '../support/index.js';
import type { Precision } from './proto/index.js';
import { decodeOnnx, readGraph } from './reading/index.js';
import { writeOnnx } from './writing/index.js';

/** Names of its input and outputs, in the ONNX file that it is by itself. */
export const decoderNames = { cv: 'cv', reconstruction: 'reconstruction', property: 'property' } as const;

/** The way back from CVs: a graph of its own, so that what evaluates CVs has nothing to do with it. */
export interface DecoderGraph {
  /** Its input `[n, k]`, as the model gives CVs; called cv. */
  cv: Tensor;
  /** The model's inputs `[n, d]` in their own units; absent where the method rebuilds none. */
  reconstruction?: Tensor;
  /** What the CVs tell of the properties `[n, p]`. */
  property?: Tensor;
}

/** The decoder as an ONNX file of its own. */
export function writeDecoder(
  { cv, ...outputs }: DecoderGraph,
  precision: Precision,
): Uint8Array<ArrayBuffer> {
  return writeOnnx({ inputs: [cv], outputs: simplify<string>(definedOf(outputs)), precision });
}

/** @throws LatentcvError `bad-model` where it is no graph from cv to inputs or properties */
export function readDecoder(bytes: Uint8Array): DecoderGraph {
  const { inputs, outputs } = readGraph(decodeOnnx(bytes));
  const { cv, ...others } = inputs;
  const { reconstruction, property } = outputs as Record<string, Tensor | undefined>;
  if (!cv || Object.keys(others).length > 0 || !(reconstruction ?? property))
    throw new LatentcvError(
      'bad-model',
      `expected a decoder from cv to reconstruction or property but received one from ${Object.keys(inputs).join(', ') || 'nothing'} to ${Object.keys(outputs).join(', ') || 'nothing'}`,
    );
  return { cv, ...definedOf({ reconstruction, property }) };
}

/** Inputs `[rows][d]` that a decoder gives of rows of CVs, in double. */
export function decodedRows({ cv, reconstruction }: DecoderGraph, rows: number[][]): number[][] | undefined {
  if (!reconstruction) return undefined;
  const data = Float64Array.from(rows.flat());
  const found = evaluate({ reconstruction }, { cv: { shape: [rows.length, cv.shape[1] as number], data } }, [
    cv,
  ]);
  const width = reconstruction.shape[1] as number;
  return rows.map((_, i) => [...found.reconstruction.data.subarray(i * width, (i + 1) * width)]);
}

function definedOf(outputs: Omit<DecoderGraph, 'cv'>): Omit<DecoderGraph, 'cv'> & Record<string, Tensor> {
  const { reconstruction, property } = outputs;
  return { ...(reconstruction && { reconstruction }), ...(property && { property }) };
}
