import type { PlumedModel } from '../model-arguments.js';
import { listText } from './bias.js';

/**
 * `GRID_MIN=… GRID_MAX=…` for hills: the period, or three training ranges, at which METAD and PBMETAD stop with an error.
 * Undefined where the model tells no ranges.
 */
export function gridWords(
  { outputMin, outputMax, outputPeriods }: PlumedModel,
  outputs: readonly number[],
): string | undefined {
  const bounds = outputs.map((i): [number, number] => {
    const [low, high] = outputPeriods?.[i] ?? [];
    if (low !== undefined && high !== undefined) return [low, high];
    const [min, max] = [outputMin?.[i] ?? NaN, outputMax?.[i] ?? NaN];
    return [min - (max - min), max + (max - min)];
  });
  if (!bounds.every(([low, high]) => high > low)) return undefined;
  return ` GRID_MIN=${listText(bounds.map(([low]) => low))} GRID_MAX=${listText(bounds.map(([, high]) => high))}`;
}

/** What an action that stops beyond its grid is said to do; nothing of CVs that are all periodic, whose grid is all there is. */
export function gridNotes(
  action: string,
  { outputPeriods }: PlumedModel,
  outputs: readonly number[],
): string[] {
  if (outputs.every((i) => outputPeriods?.[i])) return [];
  return [`${action} stops with an error where a CV leaves its grid, which is three training ranges wide`];
}
