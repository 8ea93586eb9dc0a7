import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPlumed } from '../../src/programs/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import type { ContestantCommand } from '../contestants/contestant-process.js';

export const readerNames = ['latentcv', 'mdtraj', 'mdanalysis', 'plumed-driver'] as const;
export type ReaderName = (typeof readerNames)[number];

/** What set-up made for this bench. */
export interface Installation {
  /** Of an environment with MDTraj and MDAnalysis. */
  python: string;
  /** Of PLUMED at -O3: what starts it, and its environment. */
  plumed: { executable: string; env: Record<string, string> };
}

function made(...path: string[]): string {
  const full = join(cacheFolder(), ...path);
  if (existsSync(full)) return full;
  throw new LatentcvError(
    'missing-tool',
    `expected ${full} but found none`,
    'npm run bench:descriptors sets it up',
  );
}

/** Finds what set-up made. Throws `missing-tool`. */
export async function findInstallation(): Promise<Installation> {
  process.env.PLUMED_KERNEL = made('plumed-o3', 'lib', 'libplumedKernel.so');
  const { executable, env } = await findPlumed();
  return { python: made('python-trajectories', 'bin', 'python'), plumed: { executable, env } };
}

export const benchFile = (name: string): string => join(packageRoot(), 'bench', 'descriptors', name);

/** How a reader of a problem's folder is started, on so many cores. */
export function commandOf(
  reader: ReaderName,
  folder: string,
  cores: number,
  { python, plumed }: Installation,
): ContestantCommand {
  if (reader === 'latentcv') {
    const program = join(packageRoot(), 'dist', 'bench', 'descriptors', 'contestant.js');
    return { name: reader, command: process.execPath, args: [program, folder, String(cores)], env: {} };
  }
  return {
    name: reader,
    command: python,
    args: [benchFile('contestant.py'), reader, folder],
    env: { ...pythonEnvironment(), ...(reader === 'plumed-driver' && plumedEnvironment(plumed)) },
  };
}

export function pythonEnvironment(): Record<string, string> {
  return {
    PYTHONPATH: join(packageRoot(), 'bench', 'contestants'),
    PYTHONDONTWRITEBYTECODE: '1',
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
  };
}

function plumedEnvironment({ executable, env }: Installation['plumed']): Record<string, string> {
  return { ...env, LATENTCV_BENCH_PLUMED: executable, PLUMED_NUM_THREADS: '1' };
}
