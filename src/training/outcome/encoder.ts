import { Matrix } from 'ml-matrix';
import {
  add,
  affine,
  concat,
  constant,
  cos,
  input,
  matmul,
  mul,
  sigmoid,
  sin,
  sub,
  type Tensor,
} from '../../graph/index.js';
import {
  kolmogorovBias,
  type CommittorOfMethod,
  type CvMethod,
  type Parameters,
} from '../../models/index.js';
import type { DecoderGraph, KolmogorovFacts, Sides } from '../../onnx/index.js';
import { thermalEnergy } from '../../sampling/index.js';
import { wrappedGraph } from './angles.js';
import { spreadGraph, type Spread } from './spread.js';
import type { FeatureMap, PropertyScaling, Scaling } from '../learnable.js';
import type { StateArrays } from '../learned.js';

/** `cv = (latent − offset) · matrix + shift`, `matrix` `[width, k]`: choice of directions and scaling in one. */
export interface LatentMap {
  offset: number[];
  matrix: Matrix;
  shift: number[];
  /** How many of the CVs, the first ones, are angles, which are brought back to −π to π. */
  angles?: number;
}

/** The encoder as a graph: `x` `[n, columns]` as PLUMED or a COLVAR gives it, `cv` `[n, k]`. */
export interface TrainedEncoderGraph {
  x: Tensor;
  cv: Tensor;
  /** Properties that the method predicts, in their own units, `[n, p]`. */
  property?: Tensor;
  /** Of a committor: q, and at a temperature the bias from its gradient. */
  sides?: Sides<Tensor>;
  /** The way back, where the method has one. */
  decoder?: DecoderGraph;
}

/** What an encoder is made of, from its inputs to its CVs. */
export interface EncoderParts {
  method: CvMethod;
  parameters: StateArrays;
  /** How many columns go in. */
  columns: number;
  map: FeatureMap;
  scaling: Scaling;
  latentMap: LatentMap;
  spread?: Spread;
  /** Of a method that predicts properties. */
  propertyScaling?: PropertyScaling;
  /** Of a committor whose run's temperature is known: what the bias from its gradient is. */
  kolmogorov?: KolmogorovFacts | undefined;
}

export function encoderGraph(parts: EncoderParts): TrainedEncoderGraph {
  const { method, columns, latentMap, spread, propertyScaling } = parts;
  const x = input('x', ['n', columns]);
  const scaled = scaledFeatures(x, parts);
  const parameters = trainedParameters(parts);
  const latent = method.encode(parameters, scaled);
  const cv = mapLatent(latent, latentMap);
  return {
    x,
    cv: spread ? spreadGraph(spread, cv) : cv,
    property:
      propertyScaling && method.predict
        ? unscaledProperty(method.predict(parameters, latent), propertyScaling)
        : undefined,
    ...(method.committor && {
      sides: committorSides(method.committor, { x, scaled, parameters, kolmogorov: parts.kolmogorov }),
    }),
  };
}

/** Inputs `[n, columns]` as the network sees them. */
export function scaledFeatures(
  x: Tensor,
  { columns, map, scaling }: Pick<EncoderParts, 'columns' | 'map' | 'scaling'>,
): Tensor {
  const mean = constant(scaling.mean, [1, scaling.mean.length], 'features.mean');
  const inverseScale = constant(
    scaling.scale.map((s) => 1 / s),
    [1, scaling.scale.length],
    'features.inverse_scale',
  );
  return mul(sub(featureGraph(x, columns, map), mean), inverseScale);
}

interface Scaled {
  x: Tensor;
  scaled: Tensor;
  parameters: Parameters;
  kolmogorov: KolmogorovFacts | undefined;
}

function committorSides(
  committorOf: CommittorOfMethod,
  { x, scaled, parameters, kolmogorov }: Scaled,
): Sides<Tensor> {
  const z = committorOf.logit(parameters, scaled);
  const committor = sigmoid(z);
  if (!kolmogorov) return { committor };
  const { temperature, lambda, epsilon } = kolmogorov;
  return {
    committor,
    kolmogorov: kolmogorovBias(z, x, { kT: thermalEnergy(temperature), lambda, epsilon }),
  };
}

/** What was learned, by name. */
export function trainedParameters({ method, parameters }: EncoderParts): Parameters {
  return new Map(
    method.parameters.map(
      ({ name, shape }) => [name, constant(arrayOf(parameters, name), shape, name)] as const,
    ),
  );
}

/** Properties in their own units. */
export function unscaledProperty(property: Tensor, { mean, deviation }: PropertyScaling): Tensor {
  const row = (values: number[], name: string): Tensor => constant(values, [1, values.length], name);
  return add(mul(property, row(deviation, 'property.deviation')), row(mean, 'property.mean'));
}

/** Latent to CV, as one affine layer; angles are brought back into their domain. */
export function mapLatent(latent: Tensor, { offset, matrix, shift, angles = 0 }: LatentMap): Tensor {
  const [width, k] = [matrix.rows, matrix.columns];
  const bias = Matrix.rowVector(shift).sub(Matrix.rowVector(offset).mmul(matrix)).to1DArray();
  const cv = affine(
    latent,
    constant(matrix.to1DArray(), [width, k], 'cv.weight'),
    constant(bias, [k], 'cv.bias'),
  );
  return angles > 0 ? wrappedGraph(cv, angles) : cv;
}

/** The features of computeFeatures, as a graph. */
function featureGraph(x: Tensor, columns: number, map: FeatureMap): Tensor {
  if (map.periodic.length === 0) return x;
  const phases = matmul(x, selection(columns, map.periodic, 'features.phase'));
  if (map.plain.length === 0) return concat([sin(phases), cos(phases)], 1);
  const plain = map.plain.map((column) => ({ column, factor: 1 }));
  return concat([matmul(x, selection(columns, plain, 'features.plain')), sin(phases), cos(phases)], 1);
}

/** A `[columns, picked]` matrix whose product with `x` picks columns and multiplies each by its factor. */
function selection(columns: number, picked: { column: number; factor: number }[], name: string): Tensor {
  const matrix = new Float64Array(columns * picked.length);
  picked.forEach(({ column, factor }, i) => (matrix[column * picked.length + i] = factor));
  return constant(matrix, [columns, picked.length], name);
}

function arrayOf(trained: StateArrays, name: string): Float64Array {
  const values = trained.get(name);
  if (!values) throw new Error(`no trained values of ${name}`);
  return values;
}
