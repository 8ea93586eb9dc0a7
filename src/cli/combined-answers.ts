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
