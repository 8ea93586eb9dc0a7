import { LatentcvError, invalidArgument } from '../../support/index.js';
import type { Interval } from '../intervals.js';
import type { StateRule } from './rule-conditions.js';
import { RuleParser } from './rule-parser.js';
import { ruleWords, unexpected } from './rule-scanner.js';
import { shown } from '../sampled-intervals.js';

export {
  columnsIn,
  rangesIn,
  type Comparison,
  type Condition,
  type RangeCondition,
  type StateRule,
} from './rule-conditions.js';

/** Whether a text is a rule, rather than the name of a column. */
export const isStateRule = (text: string): boolean => /[<>=≤≥≠]/.test(text);

/**
 * Reads `bound: d < 0.4; unbound: d > 0.9 and (phi=2.8..-2.8 or not -2 < psi <= pi/2)`: states with semicolons between
 * them, each a condition on columns. Numbers may be π expressions; a column whose name has blanks, operators or
 * parentheses in it stands in quotation marks.
 * @param what the text is called in messages
 * @throws LatentcvError `bad-argument` with the place in the text
 */
export function parseStateRules(text: string, what: string): StateRule[] {
  if (typeof text !== 'string') throw invalidArgument('a text', what, text);
  const source = { text, what };
  const words = ruleWords(source);
  const rules: StateRule[] = [];
  for (let from = 0; from < words.length;) {
    const end = words.findIndex(({ kind }, i) => i >= from && kind === 'end');
    const to = end < 0 ? words.length : end;
    rules.push(new RuleParser(source, words.slice(from, to), words[to]).rule());
    from = to + 1;
  }
  if (rules.length === 0) throw unexpected('a state', undefined, source);
  const twice = rules.findIndex(({ name }, i) =>
    rules.some((other, j) => j < i && sameName(name, other.name)),
  );
  if (twice >= 0)
    throw new LatentcvError(
      'bad-argument',
      `expected a name of its own for each state in ${what} ${JSON.stringify(text)} but received ${rules[twice].name} twice`,
      "one state of several parts: 'bound: d < 0.4 or d2 < 0.4'",
    );
  return rules;
}

const sameName = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/** An interval of a column as a rule: `phi=0..2.3`. */
export function intervalRule(column: string, interval: Interval, name?: string): StateRule {
  return {
    name,
    condition: { kind: 'range', column, interval, closed: [false, false] },
    text: `${column}=${interval.map(shown).join('..')}`,
  };
}

/** Names of states in their order. */
export function stateNames(rules: readonly Pick<StateRule, 'name'>[]): string[] {
  return rules.map(({ name }, place) => name ?? String.fromCharCode('A'.charCodeAt(0) + place));
}
