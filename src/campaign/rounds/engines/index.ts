/**
 * What the engine of a campaign is given for each of its runs: temperature, seed and length go into inputs that its user has. Words of
 * `latentcv run` name them.
 */
import type { CampaignPlan } from '../plan.js';
import type { EngineInputs } from './engine-inputs.js';
import { gromacsInputs } from './gromacs-inputs.js';
import { lammpsInputs } from './lammps-inputs.js';
import { pesmdInputs } from './pesmd-inputs.js';

export type { EngineInputs, WantedRun } from './engine-inputs.js';
export { expectUsable, mdpOfRun, mdpValue } from './mdp.js';

export function engineInputs(
  plan: CampaignPlan,
  folder: string,
  how: { signal?: AbortSignal; onNote: (line: string) => void },
): EngineInputs {
  if (plan.gromacs) return gromacsInputs(plan, folder, how);
  return plan.lammps ? lammpsInputs(plan, folder) : pesmdInputs(plan, folder);
}
