import { table } from '../table.js';
import type { Outcome } from './outcome.js';

/** A case's outcome; `reason` where it is a known one that is no fault. */
export interface Row extends Outcome {
  name: string;
  reason?: string;
}

/** Whether a case's outcome needs no reason: the same, or not to be had, in clear words. */
export const speaksForItself = ({ kind, aspects }: Outcome): boolean =>
  kind === 'same' ||
  (kind.startsWith('refused by') && kind !== 'refused by latentcv' && aspects.length === 0);

const counts = (texts: readonly string[]): [string, number][] => {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return [...found].sort(([, a], [, b]) => b - a);
};

/** Counts of outcomes; reasons of those that are no faults; and what is a fault. */
export function report(rows: readonly Row[], gone: readonly string[]): string {
  const outcomes = counts(rows.map(({ kind }) => kind));
  const known = rows.filter((row) => row.reason !== undefined);
  const faults = rows.filter((row) => row.reason === undefined && !speaksForItself(row));
  const parts = [
    `${rows.length} files and pairs of a topology and a trajectory.`,
    table([['outcome', 'cases'], ...outcomes.map(([kind, count]) => [kind, String(count)])]),
    table([
      ['no fault, because', 'outcome', 'cases'],
      ...counts(known.map(({ kind, reason }) => `${reason} | ${kind}`)).map(([text, count]) => [
        ...text.split(' | '),
        String(count),
      ]),
    ]),
    faults.length === 0 ? 'No other outcome.' : 'To be looked at:',
    ...(faults.length > 0
      ? [table([['case', 'outcome', 'how'], ...faults.map((row) => [row.name, row.kind, row.detail])])]
      : []),
    ...gone.map((reason) => `Listed but not found any more: ${reason}.`),
  ];
  return parts.join('\n\n');
}
