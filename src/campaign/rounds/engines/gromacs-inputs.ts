import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findGromacs, runProgram } from '../../../programs/index.js';
import { readText, writeWhole } from '../../../support/index.js';
import type { CampaignPlan } from '../plan.js';
import type { EngineInputs, WantedRun } from './engine-inputs.js';
import { expectUsable, mdpOfRun, mdpValue, type Mdp } from './mdp.js';

/** Run inputs by `gmx grompp`, in `system` of the campaign's folder. */
export function gromacsInputs(
  { gromacs, temperature, stride }: CampaignPlan,
  folder: string,
  { signal, onNote }: { signal?: AbortSignal; onNote: (line: string) => void },
): EngineInputs {
  const { mdp: mdpPath, structure, topology, index, threads, maxWarnings } = gromacs!;
  let mdp: Mdp | undefined;
  const parameters = async (): Promise<Mdp> => {
    mdp ??= { path: mdpPath, lines: (await readText(mdpPath, "GROMACS's run parameters")).split('\n') };
    expectUsable(mdp);
    return mdp;
  };
  const runInput = async (run: Omit<WantedRun, 'replicas'>): Promise<string> => {
    const given = await parameters();
    const base = join(folder, 'system', run.name);
    const tpr = `${base}.tpr`;
    if (existsSync(tpr)) return relative(folder, tpr);
    const hot = run.temperature !== temperature;
    const barostat = mdpValue(given, 'pcoupl') ?? 'no';
    if (hot && barostat !== 'no')
      onNote(
        `${run.name}: at ${run.temperature} K without the barostat (pcoupl = ${barostat} in ${mdpPath})`,
      );
    await writeWhole(`${base}.mdp`, mdpOfRun(given, { ...run, stride, hot }));
    const { executable } = await findGromacs();
    const files = ['-f', `${base}.mdp`, '-c', structure, '-p', topology, '-po', `${base}-out.mdp`];
    const further = [...(index === undefined ? [] : ['-n', index]), '-maxwarn', String(maxWarnings)];
    // beside first: one that is half written would be taken for whole
    const part = `${base}.part.tpr`;
    await runProgram({
      command: executable,
      args: ['-quiet', '-nobackup', 'grompp', ...files, '-o', part, ...further],
      cwd: join(folder, 'system'),
      logPath: `${base}.grompp.log`,
      signal,
    });
    await rename(part, tpr);
    return relative(folder, tpr);
  };
  return {
    name: 'GROMACS',
    cores: threads,
    canBeHot: true,
    // 2024 to 2026 pass none
    tellsEnergy: false,
    async check() {
      await parameters();
      await readText(structure, 'a structure');
      await readText(topology, "GROMACS's topology");
      if (index !== undefined) await readText(index, "GROMACS's index file");
      await findGromacs();
    },
    async prepare({ replicas = 1, ...run }) {
      const tprs: string[] = [];
      for (let i = 0; i < replicas; i++) {
        const name = replicas === 1 ? run.name : `${run.name}-${i}`;
        tprs.push(await runInput({ ...run, name, seed: run.seed + i }));
      }
      return ['--tpr', ...tprs, '--length', `${run.length}ps`, '--threads', String(threads)];
    },
  };
}
