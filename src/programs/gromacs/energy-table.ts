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
export const energyXvg = (gromacs: GromacsInstall, edr: string, terms: readonly string[]): Promise<string> =>
  energies(gromacs, edr, { terms }, ({ folder }) => readFile(join(folder, 'energy.xvg'), 'utf8'));

/** A mean with its standard error. */
export interface EnergyAverage {
  mean: number;
  error: number;
}

/**
 * The average of a term over all steps from a time on, in ps, and its error by the five blocks of `gmx energy`; undefined where it tells
 * no error, as of a few frames.
 * @throws LatentcvError `other-kind` where gmx cannot read it, or where it has no such term
 */
export const energyAverage = (
  gromacs: GromacsInstall,
  edr: string,
  { term, from }: { term: string; from: number },
): Promise<EnergyAverage | undefined> =>
  energies(gromacs, edr, { terms: [term], args: ['-b', String(from)] }, ({ said }) => {
    const line = said.split('\n').findLast((each) => each.startsWith(`${term} `)) ?? '';
    const [mean, error] = line.slice(term.length).trim().split(/\s+/).map(Number);
    return Promise.resolve(Number.isFinite(mean) && error > 0 ? { mean, error } : undefined);
  });

/** Has `gmx energy` look at terms of a file; what it wrote and printed is taken from its folder before that goes. */
async function energies<T>(
  gromacs: GromacsInstall,
  edr: string,
  { terms, args = [] }: { terms: readonly string[]; args?: readonly string[] },
  take: (results: { folder: string; said: string }) => Promise<T>,
): Promise<T> {
  expectText(edr, 'edr');
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-energy-'));
  let said = '';
  try {
    const input = join(folder, 'terms');
    await writeFile(input, `${terms.join('\n')}\n\n`);
    await runProgram({
      command: gromacs.executable,
      args: ['-quiet', 'energy', '-f', resolve(edr), '-o', 'energy.xvg', ...args],
      ...{ cwd: folder, logPath: join(folder, 'gmx.log'), input },
      onText: (text) => (said += text),
    });
    return await take({ folder, said });
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
