import {
  deltaFHalves,
  deltaFOfSums,
  mostSigmas,
  stateSums,
  sumsOf,
  type Agreement,
  type DeltaF,
  type RunQuestion,
  type RunStates,
  type SampledRun,
} from '../free-energy/index.js';
import { thermalEnergy, type StateLabels } from '../sampling/index.js';
import { fixed } from '../support/index.js';

/** How much of the unbiased ensemble is in a state. */
export interface Population {
  value: number;
  /** Standard error; null where it is not known, and then `reason` says why. */
  error: number | null;
  reason: string | null;
  /** Between the state and all others, both ways. */
  transitions: number;
  /** What speaks against the error. */
  warnings: string[];
  /** Run by run, where there are several. */
  replicas: { source: string; value: number | null; error: number | null }[];
  /** Of the replicas' free energies. */
  agreement: Agreement | null;
}

/**
 * The population of each state by what it weighs against all other frames, with the error of `deltaF` from blocks by the core
 * that was visited last: δp = p (1 − p) δ ln(p / (1 − p)).
 */
export function populations(run: SampledRun, states: RunStates, question: RunQuestion): Population[] {
  const { sample, dataset } = run;
  const kT = thermalEnergy(sample.temperature);
  const { every, blocks } = question;
  return states.names.map((name, i) => {
    const own = i + 1;
    const sums = stateSums({
      sample,
      states: oneAgainst(states.states, own, 1),
      cores: oneAgainst(states.cores, own, 0),
      names: ['the others', name],
      ...(every !== undefined && { looks: { time: dataset.time, every } }),
    });
    const against = deltaFOfSums(sums, blocks);
    if (against.probabilityB === 1)
      return { ...nothingElse, transitions: against.transitions, replicas: [], agreement: null };
    return {
      value: against.probabilityB ?? 0,
      error: errorOf(against.value, against.error, kT),
      reason: against.reason,
      transitions: against.transitions,
      warnings: against.error === null ? [] : [...against.warnings, ...halvesApart(deltaFHalves(sums))],
      replicas: against.replicas.map(({ source, value, error }) => ({
        source,
        value: value === null ? null : share(value, kT),
        error: errorOf(value, error, kT),
      })),
      agreement: against.agreement,
    };
  });
}

const nothingElse = { value: 1, error: null, reason: 'no other state was visited', warnings: [] };

/** Labels 2 for a state and 1 for the others; what is in none gets `rest`. */
function oneAgainst(labels: StateLabels, own: number, rest: number): StateLabels {
  return labels.map((label) => (label === own ? 2 : label === 0 ? rest : 1));
}

/** p of ΔF = −kT ln(p / (1 − p)). */
const share = (deltaF: number, kT: number): number => 1 / (1 + Math.exp(deltaF / kT));

function errorOf(deltaF: number | null, error: number | null, kT: number): number | null {
  if (deltaF === null || error === null) return null;
  const p = share(deltaF, kT);
  return (p * (1 - p) * error) / kT;
}

/** F of each state against one of them, by their places from 0; null for that one itself. */
export function freeEnergiesAgainst(
  reference: number,
  run: SampledRun,
  states: RunStates,
  question: RunQuestion,
): (DeltaF | null)[] {
  return states.names.map((_, i) => {
    if (i === reference) return null;
    const sums = sumsOf(run, states, question, [reference + 1, i + 1]);
    const found = deltaFOfSums(sums, question.blocks);
    if (found.error === null) return found;
    const warnings = [...found.warnings, ...halvesApart(deltaFHalves(sums))];
    return { ...found, warnings, reliable: warnings.length === 0 };
  });
}

function halvesApart({ first, second, sigmas }: ReturnType<typeof deltaFHalves>): string[] {
  if (sigmas === null || sigmas <= mostSigmas) return [];
  return [
    `ΔF of the first half (${fixed(first.value!, 2)}) and of the second (${fixed(second.value!, 2)}) differ by ${fixed(sigmas, 1)} standard errors`,
  ];
}
