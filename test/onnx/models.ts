import {
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
  tanh,
  type Tensor,
} from '../../src/graph/index.js';
import { ensembleGraph, type NewModel, type NewModelMetadata } from '../../src/onnx/index.js';
import { generator } from '../graph/numbers.js';

/** Constants of any name and shape, with numbers between -1 and 1. */
function randomWeights(seed: number): (name: string, shape: number[]) => Tensor {
  const random = generator(seed);
  return (name, shape) =>
    constant(
      Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * random() - 1),
      shape,
      name,
    );
}

/** A small encoder 4-3-2 with normalised inputs, random weights from a seed, and metadata with every key. */
export function smallModel(seed = 1): NewModel {
  const weights = randomWeights(seed);
  const x = input('x', ['n', 4]);
  const scaled = mul(sub(x, weights('features.mean', [1, 4])), weights('features.inverse_scale', [1, 4]));
  const hidden = tanh(affine(scaled, weights('encoder.0.weight', [4, 3]), weights('encoder.0.bias', [3])));
  const cv = affine(hidden, weights('encoder.1.weight', [3, 2]), weights('encoder.1.bias', [2]));
  return { x, cv, metadata: smallMetadata() };
}

/** The same with a property that its CVs predict. */
export function predictingModel(): NewModel {
  const { cv, metadata, ...model } = smallModel();
  const property = matmul(cv, constant([0.5, -2], [2, 1], 'head.weight'));
  return {
    ...model,
    cv,
    property,
    metadata: {
      ...metadata,
      properties: ['band gap, eV'],
      features: ['structures', 'descriptors volume all'],
    },
  };
}

/** The same with a probability and an energy beside its CVs, as a committor has them. */
export function committorModel(): NewModel {
  const { cv, metadata, ...model } = smallModel();
  const committor = sigmoid(matmul(cv, constant([0.5, -2], [2, 1], 'probability.weight')));
  const kolmogorov = mul(committor, committor);
  return {
    ...model,
    cv,
    sides: { committor, kolmogorov },
    metadata: { ...metadata, kolmogorov: { temperature: 300, lambda: 2, epsilon: 0.1 } },
  };
}

/** The same with a way back from its CVs to its inputs. */
export function decodingModel(): NewModel {
  const weights = randomWeights(9);
  const cv = input('cv', ['n', 2]);
  const hidden = tanh(affine(cv, weights('decoder.0.weight', [2, 3]), weights('decoder.0.bias', [3])));
  const reconstruction = affine(hidden, weights('decoder.1.weight', [3, 4]), weights('decoder.1.bias', [4]));
  return { ...smallModel(), decoder: { cv, reconstruction } };
}

/** The same with a sine and a cosine in place of the third input, which is periodic, as encoders of ours have them. */
export function periodicModel(seed = 2): NewModel {
  const weights = randomWeights(seed);
  const x = input('x', ['n', 4]);
  const plain = matmul(x, constant([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], [4, 3], 'features.plain'));
  const phase = matmul(x, constant([0, 0, 2, 0], [4, 1], 'features.phase'));
  const features = concat([plain, sin(phase), cos(phase)], 1);
  const hidden = tanh(affine(features, weights('encoder.0.weight', [5, 3]), weights('encoder.0.bias', [3])));
  const cv = affine(hidden, weights('encoder.1.weight', [3, 2]), weights('encoder.1.bias', [2]));
  return { x, cv, metadata: smallMetadata() };
}

export function smallMetadata(): NewModelMetadata {
  return {
    generator: 'latentcv 9.9.9',
    method: 'vamp-autoencoder',
    references: ['Wu & Noé 2020, doi:10.1007/s00332-019-09567-y', 'Rifai et al. 2011, ICML 28'],
    network: '4-3-2 tanh',
    inputs: [
      { label: 'd_5_7', unit: 'nm', min: 0.1, max: 1 / 3 },
      { label: 'd_5_9', unit: 'nm', min: 1e-300, max: 5e-324 },
      { label: 't_5_7_9_15', unit: 'rad', period: [-Math.PI, Math.PI], min: -0, max: 1e22 },
      { label: 'al_9.y', unit: 'nm', min: -1, max: 0.1 + 0.2 },
    ],
    outputs: [
      { name: 'node-0', min: -1, max: 1 },
      { name: 'node-1', period: [-1, 1], min: -0.5, max: 0.25 },
    ],
    descriptors: {
      atoms: [5, 7, 9, 15],
      names: ['ACE 1 C', 'ALA 2 N', 'ALA 2 CA', 'ALA 2 C'],
      items: [
        { kind: 'distance', atoms: [0, 1] },
        { kind: 'distance', atoms: [0, 2] },
        { kind: 'torsion', atoms: [0, 1, 2, 3] },
        { kind: 'aligned-y', atoms: [2], reference: 0 },
      ],
      pbc: false,
      lengthUnit: 'nm',
      references: [
        {
          atoms: [2, 0, 3],
          weights: [12.011, 1 / 3, 1e-3],
          positions: [
            [0.1 + 0.2, 1e-7, 0],
            [0.5, -1 / 3, 0.25],
            [1, 0, 2],
          ],
        },
      ],
    },
    check: {
      inputs: [
        [0.1, 0.2, 0.3, 0.4],
        [1, -1, 0.5, 1 / 3],
      ],
    },
    training: { seed: 1, curves: { train: [1, 0.5], note: 'two\nlines "quoted" é' } },
  };
}

/** Three of the small encoders as one, without descriptors or periods. */
export function ensembleModel(): NewModel {
  const ensemble = ensembleGraph(
    [1, 3, 4].map((seed) => smallModel(seed)),
    [2, 0.75],
  );
  const metadata = { ...smallMetadata() };
  delete metadata.descriptors;
  return {
    ...ensemble,
    metadata: { ...metadata, outputs: metadata.outputs.map(({ name, min, max }) => ({ name, min, max })) },
  };
}
