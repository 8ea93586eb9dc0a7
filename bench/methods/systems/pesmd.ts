import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { muellerBrownPesmd } from '../../../src/quickstart/systems/index.js';
import { latentcv } from '../../latentcv.js';
import type { ReadySystem } from '../system.js';

/** How long runs of a particle are, in its time units. */
export interface PesmdBudget {
  hot: number;
  pilot: number;
  production: number;
}

export interface PesmdSystem {
  folder: string;
  /** The surface and what is seen of it, as a PLUMED input without a PRINT. */
  surface: string;
  /** Labels of it that are printed of hot frames: what is learned from, and what judges. */
  printed: readonly string[];
  budget: PesmdBudget;
  /** kT of the hot frames; that of runs is 1. */
  hot: number;
}

const timestep = 0.005;

/** Frames of hot frames are this many steps apart, those of runs too. */
export const stride = 50;

/** Writes the inputs of a particle on a surface, and runs it hot where that was not done. */
export function preparePesmd({ folder, surface, printed, budget, hot }: PesmdSystem): string {
  mkdirSync(folder, { recursive: true });
  const print = `PRINT ARG=${printed.join(',')} STRIDE=${stride} FILE=COLVAR\n`;
  writeFileSync(join(folder, 'surface.dat'), surface);
  writeFileSync(join(folder, 'hot.dat'), surface + print);
  const input = (temperature: number, length: number): string =>
    muellerBrownPesmd({ temperature, steps: Math.round(length / timestep), seed: 1 });
  writeFileSync(join(folder, 'hot.in'), input(hot, budget.hot));
  writeFileSync(join(folder, 'pesmd.in'), input(1, budget.production));
  latentcv(['run', '--pesmd', 'hot.in', '--plumed', 'hot.dat', '--folder', 'hot', '--json'], folder);
  return 'hot';
}

/** The words of runs of a particle. */
export function pesmdRuns({ pilot, production }: PesmdBudget): Pick<ReadySystem, 'pilots' | 'production'> {
  const words = (length: number, seeds: readonly number[]): Promise<string[]> =>
    Promise.resolve([
      ...['--pesmd', 'pesmd.in', '--seeds', seeds.join(',')],
      ...['--length', String(length), '--parallel', '1'],
    ]);
  return {
    pilots: (seeds) => words(pilot, seeds),
    production: (seeds) => words(production, seeds),
  };
}
