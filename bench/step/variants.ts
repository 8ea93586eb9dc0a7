import type { DescriptorSet } from '../../src/descriptors/index.js';
import type { ModelFiles } from './model-files.js';
import type { NetworkCase } from './network-case.js';

/** What is timed, in the order of the table. `distance` is the arguments alone, forced through a do-nothing function. */
export const variants = [
  'distance',
  'pytorch-model',
  'ann',
  'onnx-model-arg',
  'onnx-model-vector',
  'onnx-model-atoms-float',
  'onnx-model-atoms-double',
  'onnxruntime',
] as const;
export type Variant = (typeof variants)[number];

/** The least that a biased step costs: one distance with a restraint. No variant can be cheaper than about that. */
export const least = 'one-distance';
export const leastInput = 'd: DISTANCE ATOMS=1,2\nRESTRAINT ARG=d AT=0 KAPPA=10\n';

/** Variants that compute in single precision. */
export const singlePrecision: ReadonlySet<string> = new Set([
  'pytorch-model',
  'onnx-model-positions',
  'onnx-model-atoms-float',
  'onnxruntime',
]);

/** Plugins for PLUMED's LOAD. */
export interface Plugins {
  latentcv: string;
  pytorch: string;
  doNothing: string;
  requestAtoms: string;
  evaluatorOnly: string;
}

/** Stiff enough that the forces of all inputs are far from rounding, in kJ/mol; centred where no CV of the bench is. */
const restraint = { kappa: 10, at: -2 };

/** The PLUMED input of a variant: distances, a network on them, a restraint on its outputs. */
export function plumedInput(
  variant: Variant,
  network: NetworkCase,
  descriptors: DescriptorSet,
  files: ModelFiles,
  plugins: Plugins,
  kappa = restraint.kappa,
): string {
  const outputs = Array.from({ length: network.sizes.at(-1)! }, (_, i) => `cv.node-${i}`);
  return [
    ...statements(variant, descriptors, outputs.length, files, plugins),
    `RESTRAINT ARG=${outputs.join(',')} AT=${outputs.map(() => restraint.at).join(',')} KAPPA=${outputs.map(() => kappa).join(',')}`,
    '',
  ].join('\n');
}

function statements(
  variant: Variant,
  descriptors: DescriptorSet,
  outputs: number,
  { onnx, torchScript, ann }: ModelFiles,
  plugins: Plugins,
): string[] {
  const pairs = pairsOf(descriptors);
  const { scalars, args, nothing, model } = onScalars(descriptors, outputs, onnx);
  const ours = `cv: ONNX_MODEL FILE={${onnx}} LABELS=ignore`;
  const atoms = `ATOMS=${descriptors.atoms.join(',')}`;
  const load = (plugin: string) => `LOAD FILE={${plugin}}`;
  switch (variant) {
    case 'distance':
      return [load(plugins.doNothing), ...scalars, `cv: ${nothing}`];
    case 'pytorch-model':
      return [load(plugins.pytorch), ...scalars, `cv: PYTORCH_MODEL FILE={${torchScript}} ${args}`];
    case 'ann':
      return [...scalars, `cv: ANN ${args} ${ann.join(' ')}`];
    case 'onnx-model-arg':
      return [load(plugins.latentcv), ...scalars, `cv: ${model}`];
    case 'onnx-model-vector': {
      const vector = pairs.map((pair, i) => `ATOMS${i + 1}=${pair}`);
      return [load(plugins.latentcv), `d: DISTANCE ${vector.join(' ')}`, `${ours} ARG=d`];
    }
    case 'onnx-model-atoms-float':
      return [load(plugins.latentcv), `${ours} PRECISION=float ${atoms}`];
    case 'onnx-model-atoms-double':
      return [load(plugins.latentcv), `${ours} ${atoms}`];
    case 'onnxruntime':
      return [load(plugins.latentcv), ...scalars, `${ours} EVALUATOR=onnxruntime ${args}`];
  }
}

/** DISTANCEs, and statements without labels that take them. */
export function onScalars(
  descriptors: DescriptorSet,
  outputs: number,
  onnx: string,
): { scalars: string[]; args: string; nothing: string; model: string } {
  const pairs = pairsOf(descriptors);
  const args = `ARG=${pairs.map((_, i) => `d${i + 1}`).join(',')}`;
  return {
    scalars: pairs.map((pair, i) => `d${i + 1}: DISTANCE ATOMS=${pair}`),
    args,
    nothing: `DO_NOTHING COMPONENTS=${outputs} ${args}`,
    model: `ONNX_MODEL FILE={${onnx}} LABELS=ignore ${args}`,
  };
}

function pairsOf({ atoms, items }: DescriptorSet): string[] {
  return items.map((item) => (item.kind === 'distance' ? item.atoms.map((i) => atoms[i]).join(',') : ''));
}
