import type { Dataset } from '../../frames/index.js';
import { evaluate, input } from '../../graph/index.js';
import { squaredSlope, type CommittorOfMethod } from '../../models/index.js';
import type { KolmogorovFacts } from '../../onnx/index.js';
import { scaledFeatures, trainedParameters, type EncoderParts } from './encoder.js';

/** ε of the bias where it is not given, as part of the largest |∇q|²: at the steepest frame it is then ln(1e5) = 11.5 λ kT deep. */
const flat = 1e-5;

/** Frames that are looked at for it, at most. */
const looks = 5000;

/** What the bias from a committor's gradient is; undefined of other methods, and where no temperature is known. */
export function kolmogorovOf(
  parts: EncoderParts,
  inputs: Dataset,
  temperature: number | undefined,
): KolmogorovFacts | undefined {
  const { committor } = parts.method;
  if (!committor || temperature === undefined) return undefined;
  const { lambda, epsilon } = committor;
  return { temperature, lambda, epsilon: epsilon ?? flat * steepest(parts, committor, inputs) };
}

/** The largest |∇q|² among frames all over the data. */
function steepest(
  parts: EncoderParts,
  committor: CommittorOfMethod,
  { data, frames, columns }: Dataset,
): number {
  const width = columns.length;
  const every = Math.ceil(frames / looks);
  const rows = Math.ceil(frames / every);
  const chosen = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    chosen.set(data.subarray(row * every * width, (row * every + 1) * width), row * width);
  const x = input('x', ['n', width]);
  const slope = squaredSlope(committor.logit(trainedParameters(parts), scaledFeatures(x, parts)), x);
  const found = evaluate({ slope }, { x: { shape: [rows, width], data: chosen } }, [x]).slope.data;
  // a committor that is flat everywhere has no bias, whatever ε is
  return found.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE / flat);
}
