import {
  laggedCovariances,
  principalDirections,
  slowDirections,
  type Activation,
  type ParameterSpec,
} from '../../models/index.js';
import { LatentcvError } from '../../support/index.js';
import { parameterOffsets, type ParameterPack } from './state.js';
import type { Prepared } from '../prepared.js';

/** Size of what goes through the hidden layers, in deviations: small enough for tanh to be a line (to 1 %). */
const linearRange = 0.1;

/** What is x for small x. */
const linearAtZero: readonly Activation[] = ['tanh', 'sin'];

/**
 * First values with which the encoder gives TICA's slow directions (where there are pairs) or the principal ones, each
 * with unit variance: the first hidden units carry them, scaled down, from layer to layer, and the last layer scales
 * them up again. The other units keep their random values and reach the latent once training lets them.
 * @throws LatentcvError `bad-argument` where the network cannot carry them
 */
export function startLinear(
  { method, split, settings: { hidden, latent, activation }, shape: { tables } }: Prepared,
  packings: ParameterPack[],
  values: Float64Array[],
): void {
  // an angle is of two outputs
  const outputs = latent + (method.angles ?? 0);
  checkNetwork([tables.width, ...hidden], outputs, activation);
  const arrays = encoderArrays(packings, values, hidden.length + 1);
  const { width, features } = tables;
  const covariances = laggedCovariances(features, width, split.train);
  const { mean, directions } = method.needs.pairs
    ? slowDirections(covariances)
    : unitVariance(principalDirections(covariances));
  arrays.forEach(({ weight, bias, columns }, layer) => {
    const rows = weight.length / columns;
    for (let j = 0; j < outputs; j++) {
      const scale = (layer === 0 ? linearRange : 1) / (layer === hidden.length ? linearRange : 1);
      bias[j] = 0;
      for (let i = 0; i < rows; i++) {
        const value = layer === 0 ? directions.get(i, j) : Number(i === j);
        weight[i * columns + j] = scale * value;
        if (layer === 0) bias[j] -= scale * value * mean[i];
      }
    }
  });
}

function unitVariance({ mean, eigenvalues, directions }: ReturnType<typeof principalDirections>): {
  mean: number[];
  directions: typeof directions;
} {
  const scaled = directions.clone();
  eigenvalues.forEach((variance, j) =>
    scaled.mulColumn(j, 1 / Math.sqrt(Math.max(variance, Number.MIN_VALUE))),
  );
  return { mean, directions: scaled };
}

interface Layer {
  weight: Float64Array;
  bias: Float64Array;
  columns: number;
}

/** Views of the encoder's layers in the packed values. */
function encoderArrays(packings: ParameterPack[], values: Float64Array[], layers: number): Layer[] {
  const views = new Map<string, { spec: ParameterSpec; view: Float64Array }>();
  packings.forEach(({ members }, i) => {
    for (const { spec, start, size } of parameterOffsets(members))
      views.set(spec.name, { spec, view: values[i].subarray(start, start + size) });
  });
  return Array.from({ length: layers }, (_, layer) => {
    const [weight, bias] = ['weight', 'bias'].map((part) => views.get(`encoder.${layer}.${part}`));
    if (!weight || !bias) {
      throw new LatentcvError('bad-argument', 'expected a method with an encoder for a linear start');
    }
    return { weight: weight.view, bias: bias.view, columns: weight.spec.shape[1] };
  });
}

/** @param widths of the inputs and the hidden layers */
function checkNetwork(widths: number[], latent: number, activation: Activation): void {
  if (widths.length > 1 && !linearAtZero.includes(activation)) {
    throw new LatentcvError(
      'bad-argument',
      `expected the activation ${linearAtZero.join(' or ')} for a linear start but received ${activation}`,
    );
  }
  const narrowest = Math.min(...widths);
  if (narrowest >= latent) return;
  throw new LatentcvError(
    'bad-argument',
    `expected inputs and hidden layers of at least ${latent} for a linear start but received ${narrowest}`,
  );
}
