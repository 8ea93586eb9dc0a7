import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DescriptorSet } from '../../src/descriptors/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import type { Installation } from './installation.js';
import type { NetworkCase } from './network-case.js';
import { systemAtoms, type Effort, type Microseconds } from './timing.js';
import { onScalars } from './variants.js';

/**
 * What a step with scalar arguments costs beyond one with a do-nothing function of the same arguments, in µs: with
 * ONNX_MODEL; with the evaluator alone, on numbers of its own, beside the do-nothing function; and with a second
 * do-nothing function instead, which would be 0 in a measurement without noise.
 */
export interface OwnCost {
  model: number;
  evaluator: number;
  noise: number;
}

/** By the STRIDE of the biases that need each, as own_cost wants it: primes. */
const strides = { nothing: 2, model: 3, evaluator: 5, noise: 7 };

/**
 * All in one PLUMED, by own_cost: 3000 DISTANCEs cost more, or less, by how they lie in memory than what is measured
 * here.
 */
export async function measureOwnCost(
  network: NetworkCase,
  descriptors: DescriptorSet,
  onnx: string,
  { plumed, plugins, ownCost }: Installation,
  { rounds, milliseconds }: Effort,
  folder: string,
): Promise<OwnCost> {
  const [input, logPath] = [join(folder, 'own-cost.dat'), join(folder, 'own-cost.json')];
  const { scalars, nothing, model } = onScalars(descriptors, network.sizes.at(-1)!, onnx);
  const loads = [plugins.latentcv, plugins.doNothing, plugins.evaluatorOnly].map(
    (plugin) => `LOAD FILE={${plugin}}`,
  );
  const lines = [
    ...[...loads, ...scalars],
    ...[`nothing: ${nothing}`, restraint('nothing', network, strides.nothing)],
    ...[`model: ${model}`, restraint('model', network, strides.model)],
    ...[`beside: ${nothing}`, `evaluator: EVALUATOR_ONLY FILE={${onnx}}`],
    ...[restraint('beside', network, strides.evaluator), restraint('evaluator', network, strides.evaluator)],
    ...[`again: ${nothing}`, restraint('again', network, strides.noise)],
  ];
  await writeFile(input, lines.join('\n') + '\n');
  const counts = [
    systemAtoms,
    descriptors.atoms.length,
    4 * rounds,
    Math.max(4, Math.ceil(milliseconds / 10)),
  ];
  const args = [...counts.map(String), input, ...Object.values(strides).map(String)];
  const env = { ...plumed.env, OMP_NUM_THREADS: '1', PLUMED_NUM_THREADS: '1' };
  await runProgram({ command: ownCost, args, cwd: folder, env, logPath });
  const text = await readFile(logPath, 'utf8');
  const rows = JSON.parse(text.slice(text.indexOf('[{'))) as StrideRow[];
  const over = (stride: number) => rows.find((row) => row.stride === stride)!.overFirst;
  return { model: over(strides.model), evaluator: over(strides.evaluator), noise: over(strides.noise) };
}

/** What own_cost prints of a stride, µs. */
interface StrideRow {
  stride: number;
  microseconds: Microseconds;
  overFirst: number;
}

function restraint(label: string, { sizes }: NetworkCase, stride: number): string {
  const outputs = Array.from({ length: sizes.at(-1)! }, (_, i) => `${label}.node-${i}`);
  const each = (value: number) => outputs.map(() => value).join(',');
  return `RESTRAINT ARG=${outputs.join(',')} AT=${each(-2)} KAPPA=${each(10)} STRIDE=${stride}`;
}
