import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descriptorLabels, descriptorUnits, type DescriptorSet } from '../../src/descriptors/index.js';
import { affine, constant, input, tanh, type Tensor } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { transposed, type Layer, type NetworkCase } from './network-case.js';

/** The same network as each variant wants it. */
export interface ModelFiles {
  onnx: string;
  torchScript: string;
  /** ANN's keywords. */
  ann: string[];
}

/** Writes the network as an ONNX file of ours and as TorchScript. `program` is write_torchscript. */
export async function writeModelFiles(
  network: NetworkCase,
  layers: readonly Layer[],
  descriptors: DescriptorSet,
  folder: string,
  program: string,
): Promise<ModelFiles> {
  const [onnx, torchScript] = [join(folder, 'model.onnx'), join(folder, 'model.ptc')];
  await saveOnnx(onnx, network, layers, descriptors);
  await saveTorchScript(torchScript, network, layers, folder, program);
  return { onnx, torchScript, ann: annKeywords(network, layers) };
}

async function saveOnnx(
  path: string,
  { name, sizes }: NetworkCase,
  layers: readonly Layer[],
  descriptors: DescriptorSet,
): Promise<void> {
  const x = input('x', ['n', sizes[0]]);
  const range = { min: 0, max: 3 };
  await saveModel(path, {
    x,
    cv: encoder(x, sizes, layers),
    metadata: {
      method: 'random weights',
      network: `${name} tanh`,
      inputs: descriptorLabels(descriptors).map((label, i) => ({
        label,
        unit: descriptorUnits[descriptors.items[i].kind],
        ...range,
      })),
      outputs: Array.from({ length: sizes.at(-1)! }, (_, i) => ({ name: `node-${i}`, ...range })),
      descriptors,
      check: { inputs: [Array.from({ length: sizes[0] }, (_, i) => 0.5 + 0.4 * Math.sin(i))] },
      training: {},
    },
  });
}

function encoder(x: Tensor, sizes: readonly number[], layers: readonly Layer[]): Tensor {
  return layers.reduce((h, { weights, bias }, layer) => {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    const w = constant(Float64Array.from(weights), [inputs, outputs], `encoder.${layer}.weight`);
    const b = constant(Float64Array.from(bias), [outputs], `encoder.${layer}.bias`);
    const out = affine(h, w, b);
    return layer === layers.length - 1 ? out : tanh(out);
  }, x);
}

async function saveTorchScript(
  path: string,
  { sizes }: NetworkCase,
  layers: readonly Layer[],
  folder: string,
  program: string,
): Promise<void> {
  const parts = layers.flatMap(({ weights, bias }, layer) => [transposed(weights, sizes[layer]), bias]);
  const weightsFile = join(folder, 'weights.f32');
  await writeFile(weightsFile, Buffer.concat(parts.map(({ buffer }) => Buffer.from(buffer))));
  const args = [weightsFile, path, ...sizes.map(String)];
  await runProgram({ command: program, args, cwd: folder, logPath: join(folder, 'torchscript.log') });
}

function annKeywords({ sizes }: NetworkCase, layers: readonly Layer[]): string[] {
  const activations = layers.map((_, layer) => (layer === layers.length - 1 ? 'Linear' : 'Tanh'));
  return [
    `NUM_LAYERS=${sizes.length}`,
    `NUM_NODES=${sizes.join(',')}`,
    `ACTIVATIONS=${activations.join(',')}`,
    ...layers.flatMap(({ weights, bias }, layer) => [
      `WEIGHTS${layer}=${transposed(weights, sizes[layer]).join(',')}`,
      `BIASES${layer}=${bias.join(',')}`,
    ]),
  ];
}
