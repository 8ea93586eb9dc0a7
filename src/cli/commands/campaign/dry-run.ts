import type { CampaignPlan, EngineInputs } from '../../../campaign/index.js';
import { counted, digits, fixed } from '../../../support/index.js';

/** What a campaign would do, a line each. */
export async function dryRunLines(
  plan: CampaignPlan,
  engine: EngineInputs,
  folder: string,
): Promise<string[]> {
  const { budgetUnit, explorationLength, explorationsOf, lengthInWords, pilotLength, wantedCvs } =
    await import('../../../campaign/index.js');
  const { production, budget, stop, explore, frames, models, training, states } = plan;
  const length = (time: number): string => lengthInWords(plan, time);
  const cvs = wantedCvs(plan, 1).length;
  const pilot = pilotLength({ plan });
  const rounds = ((cvs + 1) * pilot + production.replicas * production.length) / 1000;
  const share = ((cvs + 1) * pilot) / 1000 / rounds;
  const unit = budgetUnit(plan);
  const ways = explorationsOf(plan, engine).map(({ way, temperature }) =>
    way === 'hot' ? `hot runs at ${plan.natural ? `kT = ${temperature}` : `${temperature} K`}` : way,
  );
  const searching =
    training.seeds === 0
      ? ['a second state is not looked for: no CV is trained']
      : [
          `a second state is looked for${frames.length > 0 ? ` where ${counted(frames.length, 'run')} at hand show none` : ''}: ${ways.join(', ')}; ` +
            `each ${explore.runs} × ${length(explorationLength(plan))}`,
        ];
  return [
    `in ${folder}, by ${engine.name}${plan.natural ? `, kT = ${plan.temperature}` : ` at ${plan.temperature} K`}`,
    ...searching,
    `each round: ${counted(cvs, 'CV')} trained (${training.methods.join(', ')})${models.length > 0 ? `, in the first ${models.length} at hand` : ''}; ` +
      `pilots of ${length(pilot)} each; production ${production.replicas} × ${length(production.length)}: ` +
      `${digits(rounds, 3)} ${unit}, of which pilots take ${fixed(100 * share, 0)} %`,
    states.length > 0
      ? `free energies are asked between: ${states.map(({ basin }) => basin).join('; and between ')}`
      : 'free energies are asked between the basins of the first CV that works',
    `it ends when ΔF agrees between two rounds and between replicas within ${stop.sigmas} σ, with ${stop.transitions} transitions or more, ` +
      `a quasi-static bias and no new CV ahead by 2 σ${stop.error === undefined ? '' : `, and errors of at most ${stop.error}`}`,
    `or at ${[
      ...(budget.nanoseconds === undefined ? [] : [`${budget.nanoseconds} ${unit}`]),
      ...(budget.hours === undefined ? [] : [`${budget.hours} hours`]),
      `${budget.rounds} rounds`,
    ].join(', ')}`,
  ];
}
