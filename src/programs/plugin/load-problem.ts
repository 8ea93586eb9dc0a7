import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError } from '../../support/index.js';
import { wordForPath } from '../../plumed/index.js';
import type { PlumedInstall } from '../plumed/index.js';
import { runProgram } from '../run-program.js';

/**
 * Tries LOAD of the plugin in a driver run that only reads its input. Returns PLUMED's complaint, or undefined where
 * it loads or there is no `plumed` command to try it with.
 * @throws LatentcvError `bad-argument` for a path that no input can name, `interrupted`
 */
export async function loadProblem(
  { executable, env }: PlumedInstall,
  plugin: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!existsSync(executable)) return undefined;
  const input = join(folder, 'load.dat');
  await writeFile(input, `LOAD FILE=${wordForPath(plugin, 'LATENTCV_CACHE')}\n`);
  const args = ['--no-mpi', 'driver', '--parse-only', '--natoms', '1', '--plumed', input];
  try {
    await runProgram({
      command: executable,
      args,
      cwd: folder,
      env,
      logPath: join(folder, 'load.log'),
      signal,
    });
    return undefined;
  } catch (error) {
    if (error instanceof LatentcvError && error.code !== 'interrupted') return error.message;
    throw error;
  }
}
