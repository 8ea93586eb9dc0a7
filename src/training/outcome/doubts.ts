import { fewCarriers } from './carriers.js';
import { looseRate, unbalancedRates } from './rates.js';
import type { TrainingRecord } from './record.js';
import { flatState } from './state-widths.js';

/** What speaks against CVs by the record of their training, and what to do: one sentence each. */
export function doubtsOf(record: TrainingRecord): string[] {
  const doubts = [
    fewCarriers(record.carriers),
    looseRate(record),
    unbalancedRates(record),
    flatState(record),
  ];
  return doubts.filter((doubt) => doubt !== undefined);
}
