import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DescriptorSet } from '../../src/descriptors/index.js';
import { runProgram } from '../../src/programs/run-program.js';
import { expectAgreement } from './agreement.js';
import type { Installation } from './installation.js';
import { measureOwnCost, type OwnCost } from './own-cost.js';
import { systemAtoms, type Effort, type Timing } from './timing.js';
import { writeModelFiles, type ModelFiles } from './model-files.js';
import { distancesFor, randomLayers, type NetworkCase } from './network-case.js';
import { least, leastInput, plumedInput, variants, type Plugins } from './variants.js';

/**
 * Times a biased step with every variant of one network. Before that, all must give the same bias, forces and virial.
 * @throws `bad-data` where one does not, `tool-failed` with PLUMED's words.
 */
export async function timeSteps(
  network: NetworkCase,
  installation: Installation,
  effort: Effort,
  folder: string,
): Promise<{ timings: Timing[]; own: OwnCost }> {
  await mkdir(folder, { recursive: true });
  const descriptors = distancesFor(network);
  const files = await writeModelFiles(
    network,
    randomLayers(network),
    descriptors,
    folder,
    installation.torchScriptWriter,
  );
  const inputs = await writeInputs(network, descriptors, files, installation.plugins, folder);
  const timings = await runTimer(inputs, descriptors.atoms.length, installation, effort, folder);
  expectAgreement(network.name, timings);
  const own = await measureOwnCost(network, descriptors, files.onnx, installation, effort, folder);
  return { timings, own };
}

/** As step_timer takes them: LABEL=FILE. */
async function writeInputs(
  network: NetworkCase,
  descriptors: DescriptorSet,
  files: ModelFiles,
  plugins: Plugins,
  folder: string,
): Promise<string[]> {
  const texts = [
    [least, leastInput],
    ...variants.map((variant) => [variant, plumedInput(variant, network, descriptors, files, plugins)]),
  ];
  return Promise.all(
    texts.map(async ([label, text]) => {
      const path = join(folder, `${label}.dat`);
      await writeFile(path, text);
      return `${label}=${path}`;
    }),
  );
}

/** What times inputs. */
export type TimerInstallation = Pick<Installation, 'timer' | 'plumed'>;

/** Times inputs, LABEL=FILE each, in turn in one process; of a system of the bench's size, or another one. */
export async function runTimer(
  inputs: readonly string[],
  molecule: number,
  { timer, plumed }: TimerInstallation,
  { rounds, milliseconds }: Effort,
  folder: string,
  system: { atoms?: number; walking?: 0 | 1; cells?: number } = {},
): Promise<Timing[]> {
  const options = { atoms: systemAtoms, ...system, molecule, rounds, milliseconds };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const logPath = join(folder, 'timings.json');
  // one thread each: PLUMED's default, and what libtorch does best with on networks of this size
  const env = { ...plumed.env, OMP_NUM_THREADS: '1', PLUMED_NUM_THREADS: '1' };
  await runProgram({ command: timer, args: [...args, ...inputs], cwd: folder, env, logPath });
  const text = await readFile(logPath, 'utf8');
  return JSON.parse(text.slice(text.indexOf('[\n'))) as Timing[];
}
