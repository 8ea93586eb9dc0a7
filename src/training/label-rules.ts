import { columnsIn, isStateRule, parseStateRules, stateNames, type StateRule } from '../sampling/index.js';
import { LatentcvError } from '../support/index.js';

/**
 * The rules of states that a setting of labels holds; undefined where it names a column or `source`.
 * @throws LatentcvError `bad-argument` where they go by time
 */
export function labelRules(labels: string | undefined): StateRule[] | undefined {
  if (labels === undefined || !isStateRule(labels)) return undefined;
  const rules = parseStateRules(labels, '‘labels’');
  if (rules.some(({ condition }) => columnsIn(condition).includes('time'))) throw byTime();
  return rules;
}

function byTime(): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    'expected columns that tell states in ‘labels’ but received time, which is when a frame is, not what it is',
    'a column of the tables may hold the states (‘labels: COLUMN’), or each file be one of them (‘labels: source’)',
  );
}

/** The columns that labels are made of. */
export function labelColumns(labels: string | undefined): string[] {
  const rules = labelRules(labels);
  if (rules) return [...new Set(rules.flatMap(({ condition }) => columnsIn(condition)))];
  return labels === undefined || labels === 'source' ? [] : [labels];
}

/** Names of the states of rules. */
export function ruledNames(labels: string | undefined): string[] | undefined {
  const rules = labelRules(labels);
  return rules && stateNames(rules);
}
