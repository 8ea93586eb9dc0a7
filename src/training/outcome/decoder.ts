import { inverse } from 'ml-matrix';
import type { Column } from '../../frames/index.js';
import {
  add,
  angleOf,
  concat,
  constant,
  gather,
  indexConstant,
  input,
  mul,
  slice,
  sub,
  type Tensor,
} from '../../graph/index.js';
import type { DecoderGraph } from '../../onnx/index.js';
import type { FeatureMap, Scaling } from '../learnable.js';
import {
  mapLatent,
  trainedParameters,
  unscaledProperty,
  type EncoderParts,
  type LatentMap,
} from './encoder.js';
import { spreadInverseGraph } from './spread-inverse.js';

/**
 * The way back: of CVs `[n, k]`, as the model gives them, the inputs `[n, columns]` and the properties, as far as the method
 * tells them of its latent.
 * @returns undefined where the method tells neither, and where the CVs are fewer than its latents
 */
export function decoderGraph(parts: EncoderParts, columns: readonly Column[]): DecoderGraph | undefined {
  const { method, latentMap, spread, scaling, map, propertyScaling } = parts;
  const { rows, columns: k } = latentMap.matrix;
  const rebuilds = method.decode !== undefined;
  const predicts = propertyScaling !== undefined && method.predict !== undefined;
  if (rows !== k || !(rebuilds || predicts)) return undefined;
  const cv = input('cv', ['n', k]);
  const latent = mapLatent(spread ? spreadInverseGraph(spread, cv) : cv, inverseMap(latentMap));
  const parameters = trainedParameters(parts);
  return {
    cv,
    ...(rebuilds && {
      reconstruction: columnGraph(unscaled(method.decode!(parameters, latent), scaling), map, columns),
    }),
    ...(predicts && { property: unscaledProperty(method.predict!(parameters, latent), propertyScaling) }),
  };
}

/** From CVs to the latent; an affine map of the same form. Of an angle what it gives may be a turn off, which decoders do not see. */
export function inverseMap({ offset, matrix, shift }: LatentMap): LatentMap {
  return { offset: shift, matrix: inverse(matrix), shift: offset };
}

function unscaled(features: Tensor, { mean, scale }: Scaling): Tensor {
  const row = (values: Float64Array): Tensor => constant(values, [1, values.length]);
  return add(mul(features, row(scale)), row(mean));
}

/** Columns of their features: of a periodic one, the angle of its sine and cosine, in its period. */
function columnGraph(features: Tensor, { plain, periodic }: FeatureMap, columns: readonly Column[]): Tensor {
  if (periodic.length === 0) return features;
  const [first, count] = [plain.length, periodic.length];
  const part = (start: number, length: number): Tensor => slice(features, 1, start, start + length);
  const row = (values: number[]): Tensor => constant(values, [1, count]);
  const middles = periodic.map(({ column }) => middleOf(columns[column]));
  // angles are taken from the middle of the period, so that they end where it does
  const turns = periodic.map(({ factor }, i) => factor * middles[i]);
  const [cosine, sine] = [row(turns.map(Math.cos)), row(turns.map(Math.sin))];
  const [s, c] = [part(first, count), part(first + count, count)];
  const angle = angleOf(sub(mul(s, cosine), mul(c, sine)), add(mul(c, cosine), mul(s, sine)));
  const values = add(mul(angle, row(periodic.map(({ factor }) => 1 / factor))), row(middles));
  const joined = first > 0 ? concat([part(0, first), values], 1) : values;
  const order = [...plain, ...periodic.map(({ column }) => column)];
  const places = columns.map((_, column) => order.indexOf(column));
  return gather(joined, indexConstant(places, [places.length]), 1);
}

const middleOf = ({ period = [0, 0] }: Column): number => (period[0] + period[1]) / 2;
