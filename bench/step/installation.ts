import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildPlugin } from '../../src/programs/index.js';
import { findPlumed, type PlumedInstall } from '../../src/programs/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { cacheFolder } from '../../src/support/folders.js';
import type { Plugins } from './variants.js';

/** What the bench runs, all of it compiled for PLUMED at -O3. */
export interface Installation {
  plumed: PlumedInstall;
  plugins: Plugins;
  /** step_timer, own_cost and write_torchscript. */
  timer: string;
  ownCost: string;
  torchScriptWriter: string;
  /** The evaluator alone beside the processor's limits, bench/native. */
  native: string;
}

function made(...path: string[]): string {
  const full = join(cacheFolder(), ...path);
  if (existsSync(full)) return full;
  throw new LatentcvError('missing-tool', `expected ${full} but found none`, 'npm run bench:step sets it up');
}

/**
 * Finds what set-up made, and compiles our plugin for that PLUMED.
 * @throws `missing-tool`, `tool-failed`.
 */
export async function findInstallation(onBuild: (message: string) => void): Promise<Installation> {
  process.env.PLUMED_KERNEL = made('plumed-o3', 'lib', 'libplumedKernel.so');
  const plumed = await findPlumed();
  const { path: latentcv } = await buildPlugin(plumed, { onBuild });
  return {
    plumed,
    plugins: {
      latentcv,
      pytorch: made('step-bench', 'libPytorchModel.so'),
      doNothing: made('step-bench', 'libDoNothing.so'),
      requestAtoms: made('step-bench', 'libRequestAtoms.so'),
      evaluatorOnly: made('step-bench-evaluator', 'libEvaluatorOnly.so'),
    },
    timer: made('step-bench', 'step_timer'),
    ownCost: made('step-bench', 'own_cost'),
    torchScriptWriter: made('step-bench', 'write_torchscript'),
    native: made('native-bench', 'bench', 'native', 'latentcv_bench'),
  };
}
