import type { CvQuality } from '../../src/index.js';
import { table } from '../table.js';
import type { Outcome } from './sample.js';

/** One CV: its training, and its biased run. */
export interface MethodRow extends Partial<Outcome> {
  cv: string;
  diagnosis?: CvQuality;
  /** Why there is no run. */
  problem?: string;
}

const digits = (value: number | undefined, count: number): string => value?.toFixed(count) ?? '–';

/** A Markdown table, one line a CV. */
export function methodTable(rows: readonly MethodRow[], nanoseconds: number): string {
  const head = [
    'CV biased',
    'balanced accuracy of C7ax',
    'autocorrelation at 10 ps',
    'variance between the states',
    `transitions in ${nanoseconds} ns`,
    'of these deep',
    'ΔF(C7ax − C7eq), kJ/mol',
  ];
  const body = rows.map(({ cv, diagnosis, transitions, deepTransitions, deltaF, problem }) => [
    cv,
    digits(diagnosis?.balancedAccuracy, 3),
    digits(diagnosis?.slow?.autocorrelation.value, 3),
    digits(diagnosis?.betweenStates, 3),
    digits(transitions, 0),
    digits(deepTransitions, 0),
    problem ??
      (deltaF ? `${deltaF.value.toFixed(2)} ± ${deltaF.error.toFixed(2)}` : 'a state was never seen'),
  ]);
  return table([head, ...body]);
}
