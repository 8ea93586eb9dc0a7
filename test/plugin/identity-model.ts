import {
  descriptorKinds,
  descriptorLabels,
  descriptorUnits,
  type DescriptorSet,
} from '../../src/descriptors/index.js';
import { affine, constant, input } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';

/** An encoder that gives its inputs back, with the descriptors in its metadata. */
export async function saveIdentity(path: string, set: DescriptorSet): Promise<void> {
  const d = set.items.length;
  const labels = descriptorLabels(set);
  const identity = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const x = input('x', ['n', d]);
  const cv = affine(x, constant(identity, [d, d], 'weight'), constant(new Array(d).fill(0), [d], 'bias'));
  const range = { min: 0, max: 1 };
  await saveModel(path, {
    x,
    cv,
    metadata: {
      method: 'identity',
      network: `${d}-${d}`,
      inputs: set.items.map(({ kind }, i) => {
        const { period } = descriptorKinds[kind];
        return { label: labels[i], unit: descriptorUnits[kind], ...(period && { period }), ...range };
      }),
      outputs: labels.map((_, i) => ({ name: `node-${i}`, ...range })),
      descriptors: set,
      check: { inputs: [labels.map((_, i) => 0.1 * (i + 1))] },
      training: {},
    },
  });
}
