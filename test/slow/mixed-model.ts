import { affine, constant, input, tanh, type Tensor } from '../../src/graph/index.js';
import { descriptorLabels, type DescriptorSet } from '../../src/descriptors/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { generator } from '../graph/numbers.js';

/** Writes an encoder d-8-1 with random weights for these descriptors: steep and curved enough that errors show. */
export async function saveRandomModel(path: string, set: DescriptorSet): Promise<void> {
  const random = generator(4);
  const weights = (name: string, shape: number[]): Tensor =>
    constant(
      Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * random() - 1),
      shape,
      name,
    );
  const labels = descriptorLabels(set);
  const x = input('x', ['n', labels.length]);
  const hidden = tanh(affine(x, weights('0.weight', [labels.length, 8]), weights('0.bias', [8])));
  const cv = affine(hidden, weights('1.weight', [8, 1]), weights('1.bias', [1]));
  await saveModel(path, {
    x,
    cv,
    metadata: {
      method: 'autoencoder',
      network: `${labels.length}-8-1 tanh`,
      inputs: labels.map((label) => ({ label, unit: '', min: -1, max: 1 })),
      outputs: [{ name: 'node-0', min: -1, max: 1 }],
      descriptors: set,
      check: { inputs: [labels.map(() => 0.3)] },
      training: {},
    },
  });
}
