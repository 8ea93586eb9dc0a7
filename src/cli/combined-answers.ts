import { answerOf, combinedDeltaFs, type CombinedDeltaF, type RunAnswer } from '../free-energy/index.js';
import type { LoadedRun } from './frames/index.js';

/** ΔF of the windows and of the runs beside them, together. */
export function combinedAnswers(
  { question, others = [] }: LoadedRun,
  answer: RunAnswer | undefined,
  cv: string,
): CombinedDeltaF[] | undefined {
  if (!answer || others.length === 0) return undefined;
  const beside = others.map(({ name, run }) => ({
    source: name,
    deltaFs: answerOf(run, question, cv)!.deltaFs,
  }));
  return combinedDeltaFs([{ source: 'windows', deltaFs: answer.deltaFs }, ...beside]);
}

/** Whether all that was asked for is: ΔF of the run, of each estimate beside it and of all together. */
export function isDetermined(
  answer: RunAnswer | undefined,
  combined: readonly CombinedDeltaF[] = [],
): boolean {
  const all = [...(answer?.deltaFs ?? []), ...combined, ...combined.flatMap(({ estimates }) => estimates)];
  return all.every(({ error }) => error !== null);
}
