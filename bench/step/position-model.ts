import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descriptorLabels, positionsOf } from '../../src/descriptors/index.js';
import { decodeOnnx, saveModel } from '../../src/onnx/index.js';
import { differentiateModel, readForeignModel } from '../../src/onnx/foreign/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { expectAgreement } from './agreement.js';
import type { Installation } from './installation.js';
import { writeModelFiles } from './model-files.js';
import { distancesFor, networkCase, transposed, type Layer, type NetworkCase } from './network-case.js';
import { runTimer } from './time-steps.js';
import type { Effort, Timing } from './timing.js';
import { least, leastInput, plumedInput, type Variant } from './variants.js';

// A network of another program that takes raw positions (mlcolvar's PairwiseDistances of 12 atoms before a tanh network,
// as torch exports it) beside the same network fed with distances.

const network = networkCase('66-64-32-2');
const fixture = join(packageRoot(), 'bench', 'step', 'foreign', 'pair-distances-12.onnx');

/** ONNX_MODEL from ATOMS with the foreign network of positions. */
export const positions = 'onnx-model-positions';
export const positionVariants = [
  'distance',
  'pytorch-model',
  'onnx-model-atoms-double',
] as const satisfies Variant[];

/** The weights of the fixture's affine layers, as `randomLayers` has them. */
function layersOf(bytes: Uint8Array, { sizes }: NetworkCase): Layer[] {
  const { graph } = decodeOnnx(bytes);
  const numbers = (name: string): Float32Array => {
    const { rawData } = graph.initializer.find((tensor) => tensor.name === name)!;
    // copied: a view may start anywhere in its buffer
    return new Float32Array(Uint8Array.from(rawData).buffer);
  };
  // torch's names: an affine layer and its tanh are two modules
  return sizes.slice(1).map((out, layer) => ({
    weights: transposed(numbers(`1.${2 * layer}.weight`), out),
    bias: numbers(`1.${2 * layer}.bias`),
  }));
}

/** As `latentcv differentiate --positions nm` writes it. */
async function savePositionModel(path: string, bytes: Uint8Array): Promise<void> {
  const foreign = readForeignModel(bytes, { positions: 'nm' });
  const descriptors = positionsOf(Array.from({ length: foreign.positions!.atoms }, (_, i) => i + 1));
  const range = { min: 0, max: 1 };
  const { model } = differentiateModel(foreign, {
    inputs: descriptorLabels(descriptors).map((label) => ({ label, unit: 'nm', ...range })),
    outputs: [0, 1].map((i) => ({ name: `node-${i}`, ...range })),
    descriptors,
    check: [descriptors.items.map((_, i) => 0.3 * (1 + Math.sin(1.7 * i)))],
    record: {},
  });
  await saveModel(path, model);
}

/** Times a biased step of the foreign network; all variants must give the same bias, forces and virial. */
export async function timePositionModel(
  installation: Installation,
  effort: Effort,
  folder: string,
): Promise<Timing[]> {
  await mkdir(folder, { recursive: true });
  const bytes = await readFile(fixture);
  const descriptors = distancesFor(network);
  const layers = layersOf(bytes, network);
  const files = await writeModelFiles(network, layers, descriptors, folder, installation.torchScriptWriter);
  const onnx = join(folder, 'positions.onnx');
  await savePositionModel(onnx, bytes);
  const of = (variant: Variant, model = files.onnx): string =>
    plumedInput(variant, network, descriptors, { ...files, onnx: model }, installation.plugins);
  const texts = {
    [least]: leastInput,
    ...Object.fromEntries(positionVariants.map((variant) => [variant, of(variant)])),
    [positions]: of('onnx-model-atoms-double', onnx),
  };
  const inputs = Object.entries(texts).map(([label, text]) => ({
    label,
    text,
    path: join(folder, `${label}.dat`),
  }));
  for (const { path, text } of inputs) await writeFile(path, text);
  const named = inputs.map(({ label, path }) => `${label}=${path}`);
  const timings = await runTimer(named, descriptors.atoms.length, installation, effort, folder);
  expectAgreement(network.name, timings);
  return timings;
}
