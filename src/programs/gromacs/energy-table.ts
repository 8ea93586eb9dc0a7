import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expectText, LatentcvError } from '../../support/index.js';
import { runProgram } from '../run-program.js';
import type { GromacsInstall } from './find-gromacs.js';

/**
 * Terms of an energy file (`.edr`) as `gmx energy` writes them, an XVG file's text: kJ/mol and ps. A term that the file has not
 * is left out.
 * @throws LatentcvError `other-kind` where gmx cannot read it
 */
export async function energyXvg(
  gromacs: GromacsInstall,
  edr: string,
  terms: readonly string[],
): Promise<string> {
  expectText(edr, 'edr');
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-energy-'));
  try {
    const input = join(folder, 'terms');
    await writeFile(input, `${terms.join('\n')}\n\n`);
    await runProgram({
      command: gromacs.executable,
      args: ['-quiet', 'energy', '-f', resolve(edr), '-o', 'energy.xvg'],
      ...{ cwd: folder, logPath: join(folder, 'gmx.log'), input },
    });
    return await readFile(join(folder, 'energy.xvg'), 'utf8');
  } catch (error) {
    if (!(error instanceof LatentcvError) || error.code === 'interrupted') throw error;
    throw new LatentcvError(
      'other-kind',
      `expected an energy file of GROMACS at ${edr} but gmx energy cannot read it: ${error.message}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
