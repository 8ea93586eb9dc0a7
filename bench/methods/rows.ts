import type { Answer, Cell } from './measure.js';

/** What `--json` prints: a row for every question of every run; one, with the reason, where there is no run. */
export interface MethodRow {
  system: string;
  method: string;
  seed: number;
  question?: string;
  /** Wall time of the training. */
  trained_s: number | null;
  /** In two pilots. */
  pilot_transitions: number | null;
  transitions: number | null;
  /** Transitions between the narrower cores; null where a system has none. */
  depth: number | null;
  deltaF: number | null;
  error: number | null;
  reference: number | null;
  /** (deltaF − reference) over both errors together. */
  sigma: number | null;
  /** What was said against its error; absent where nothing was. */
  doubts?: readonly string[];
  /** Why there is no free energy. */
  problem?: string;
}

/** By how many errors, its own and the reference's together, a free energy is off; null where it has none. */
export function sigmaOf({ deltaF, error, reference, referenceError }: Answer): number | null {
  if (deltaF === null || error === null) return null;
  return (deltaF - reference) / Math.hypot(error, referenceError);
}

export function rowsOf(system: string, cell: Cell): MethodRow[] {
  const { case: method, seed, trained, problem, answers } = cell;
  const common = { system, method, seed, trained_s: trained };
  if (problem !== undefined || answers.length === 0)
    return [
      {
        ...common,
        pilot_transitions: answers[0]?.pilotTransitions ?? null,
        ...{ transitions: null, depth: null, deltaF: null, error: null, reference: null, sigma: null },
        problem: problem ?? 'there is no run',
      },
    ];
  return answers.map((answer) => ({
    ...common,
    ...(answer.question !== undefined && { question: answer.question }),
    pilot_transitions: answer.pilotTransitions,
    transitions: answer.transitions,
    depth: answer.deep,
    deltaF: answer.deltaF,
    error: answer.error,
    reference: answer.reference,
    sigma: sigmaOf(answer),
    ...(answer.doubts.length > 0 && { doubts: answer.doubts }),
    ...(answer.error === null && { problem: answer.reason ?? 'not determined' }),
  }));
}
