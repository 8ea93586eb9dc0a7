import { relative } from 'node:path';
import { findLammps } from '../../../programs/index.js';
import { LatentcvError, readText } from '../../../support/index.js';
import type { CampaignPlan } from '../plan.js';
import type { EngineInputs } from './engine-inputs.js';

/** LAMMPS's script, whose variables say temperature and seed. */
export function lammpsInputs({ lammps }: CampaignPlan, folder: string): EngineInputs {
  const { script, temperature, seed, variables = {} } = lammps!;
  return {
    name: 'LAMMPS',
    cores: 1,
    canBeHot: temperature !== undefined,
    tellsEnergy: true,
    async check() {
      const text = await readText(script, "LAMMPS's input script");
      for (const name of [temperature, seed])
        if (name !== undefined && !usesVariable(text, name))
          throw new LatentcvError(
            'bad-argument',
            `expected ${script} to use the variable ${name} but it does not`,
            `write \${${name}} in the script where its value belongs`,
          );
      await findLammps();
    },
    prepare(run) {
      const several = run.replicas !== undefined && run.replicas > 1;
      const values = {
        ...variables,
        ...(temperature !== undefined && { [temperature]: run.temperature }),
        [seed]: several ? `${run.seed}{replica}` : run.seed,
      };
      const assigned = Object.entries(values).map(([name, value]) => `${name}=${value}`);
      return Promise.resolve([
        ...['--lammps', relative(folder, script), '--variables', assigned.join(',')],
        ...['--length', `${run.length}ps`, ...(several ? ['--replicas', String(run.replicas)] : [])],
      ]);
    },
  };
}

const usesVariable = (text: string, name: string): boolean =>
  text.includes(`\${${name}}`) ||
  text.includes(`v_${name}`) ||
  (name.length === 1 && text.includes(`$${name}`));
