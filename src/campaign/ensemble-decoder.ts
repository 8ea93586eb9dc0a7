import type { Column } from '../frames/index.js';
import {
  add,
  angleOf,
  concat,
  cos,
  input,
  mul,
  sin,
  slice,
  substitute,
  sub,
  type Tensor,
} from '../graph/index.js';
import { decoderNames, type DecoderGraph } from '../onnx/index.js';
import { inverseMap, mapLatent, type TrainedEncoder } from '../training/index.js';
import type { LatentAlignment } from './align-latent.js';

/**
 * The mean of what the members' decoders make of the ensemble's CVs, each taken back to the member's own; of a periodic input, the
 * angle of the mean sine and cosine.
 * @returns undefined where the members have none
 */
export function ensembleDecoder(
  members: readonly TrainedEncoder[],
  alignments: readonly LatentAlignment[],
): DecoderGraph | undefined {
  const k = alignments[0].center.length;
  const cv = input(decoderNames.cv, ['n', k]);
  const answers = members.flatMap(({ graph: { decoder } }, m) =>
    decoder ? [ofMember(decoder, ownCvs(cv, alignments[m]))] : [],
  );
  if (answers.length < members.length) return undefined;
  const all = (key: 'reconstruction' | 'property'): Tensor[] =>
    answers.flatMap((answer) => (answer[key] ? [answer[key]] : []));
  const [rebuilt, predicted] = [all('reconstruction'), all('property')];
  return {
    cv,
    ...(rebuilt.length > 0 && { reconstruction: meanOfInputs(rebuilt, members[0].inputs.columns) }),
    ...(predicted.length > 0 && { property: meanOf(predicted) }),
  };
}

function ofMember({ cv, ...outputs }: DecoderGraph, own: Tensor): Partial<DecoderGraph> {
  return substitute(outputs as Record<string, Tensor>, new Map([[cv, own]]));
}

/** A member's CVs of the ensemble's: its alignment undone. */
const ownCvs = (cv: Tensor, { center, matrix, shift }: LatentAlignment): Tensor =>
  mapLatent(cv, inverseMap({ offset: center, matrix, shift }));

const meanOf = (terms: readonly Tensor[]): Tensor => mul(terms.reduce(add), 1 / terms.length);

function meanOfInputs(rebuilt: readonly Tensor[], columns: readonly Column[]): Tensor {
  if (columns.every(({ period }) => !period)) return meanOf(rebuilt);
  return concat(
    columns.map(({ period }, i) => {
      const values = rebuilt.map((of) => slice(of, 1, i, i + 1));
      return period ? meanAngle(values, period) : meanOf(values);
    }),
    1,
  );
}

function meanAngle(values: readonly Tensor[], [lower, upper]: readonly [number, number]): Tensor {
  const [middle, factor] = [(lower + upper) / 2, (2 * Math.PI) / (upper - lower)];
  const phases = values.map((value) => mul(sub(value, middle), factor));
  const angle = angleOf(phases.map(sin).reduce(add), phases.map(cos).reduce(add));
  return add(mul(angle, 1 / factor), middle);
}
