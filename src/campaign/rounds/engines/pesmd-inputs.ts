import { join, relative } from 'node:path';
import { LatentcvError, readText, writeWhole } from '../../../support/index.js';
import type { CampaignPlan } from '../plan.js';
import type { EngineInputs } from './engine-inputs.js';

/** Inputs of PLUMED's pesmd, in `system` of the campaign's folder. */
export function pesmdInputs({ pesmd }: CampaignPlan, folder: string): EngineInputs {
  const { input } = pesmd!;
  const read = async (): Promise<string[]> => (await readText(input, "pesmd's input")).split('\n');
  return {
    name: 'pesmd',
    cores: 1,
    canBeHot: true,
    tellsEnergy: false,
    async check() {
      timestepIn(await read(), input);
    },
    async prepare({ name, temperature, seed, replicas = 1, length }) {
      const lines = await read();
      const kept = lines.filter((line) => line.trim() !== '' && !/^\s*(temperature|nstep|idum)\s/.test(line));
      const steps = Math.round(length / timestepIn(lines, input));
      const path = join(folder, 'system', `${name}.in`);
      await writeWhole(path, [`temperature ${temperature}`, `nstep ${steps}`, ...kept, ''].join('\n'));
      // the length is in the input, and among the words so that a plan with another one asks for another command
      return [
        '--pesmd',
        relative(folder, path),
        '--seeds',
        seedsFrom(seed, replicas),
        '--length',
        String(length),
      ];
    },
  };
}

const seedsFrom = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, i) => seed + i).join(',');

function timestepIn(lines: readonly string[], path: string): number {
  const step = Number(/^\s*tstep\s+(\S+)/m.exec(lines.join('\n'))?.[1] ?? NaN);
  if (step > 0) return step;
  throw new LatentcvError(
    'file-format',
    `${path}: expected tstep and its time but found none`,
    'tstep 0.005',
  );
}
