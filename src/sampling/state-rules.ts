import { piExpression } from '../frames/index.js';
import type { Interval } from './intervals.js';
import { shown } from './sampled-intervals.js';
import { ruleWords, unexpected, type RuleText, type Word } from './rule-scanner.js';

/** A range of one column; `lower > upper` on a periodic one passes through the end of its domain. */
export interface RangeCondition {
  kind: 'range';
  column: string;
  interval: Interval;
  /** Whether each end belongs to it. */
  closed: readonly [boolean, boolean];
}

/** What a frame has to meet to be in a state. */
export type Condition =
  | RangeCondition
  | { kind: 'order'; left: string; right: string; operator: Comparison }
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition };

/** A state by what its frames meet. */
export interface StateRule {
  /** Left out, its place gives it one: A, B, … */
  name?: string;
  condition: Condition;
  /** As it was written, without the name. */
  text: string;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

type Operand = { number: number; word: Word } | { column: string; word: Word };

const mirrored: Record<Comparison, Comparison> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
};

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
    throw unexpected(`a name of its own for each state, not ${rules[twice].name} again`, undefined, source);
  return rules;
}

const sameName = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;

/** The columns that a condition is about, each once, in the order of the text. */
export function columnsIn(condition: Condition): string[] {
  const found = (each: Condition): string[] => {
    if (each.kind === 'range') return [each.column];
    if (each.kind === 'order') return [each.left, each.right];
    return each.kind === 'not' ? found(each.of) : each.of.flatMap(found);
  };
  return [...new Set(found(condition))];
}

/** The ranges of a condition that a frame in the state has to lie in, or out of. */
export function rangesIn(condition: Condition): RangeCondition[] {
  if (condition.kind === 'range') return [condition];
  if (condition.kind === 'order') return [];
  return condition.kind === 'not' ? rangesIn(condition.of) : condition.of.flatMap(rangesIn);
}

/** An interval of a column as a rule: `phi=0..2.3`. */
export function intervalRule(column: string, interval: Interval, name?: string): StateRule {
  return {
    ...(name !== undefined && { name }),
    condition: { kind: 'range', column, interval, closed: [false, false] },
    text: `${column}=${interval.map(shown).join('..')}`,
  };
}

/** Names of states in their order. */
export function stateNames(rules: readonly Pick<StateRule, 'name'>[]): string[] {
  return rules.map(({ name }, place) => name ?? String.fromCharCode('A'.charCodeAt(0) + place));
}

/** Recursive descent over the words of one state. */
class RuleParser {
  private next = 0;

  /** @param after the word behind the last one; undefined at the end of the text */
  constructor(
    private readonly source: RuleText,
    private readonly words: readonly Word[],
    private readonly after: Word | undefined,
  ) {}

  rule(): StateRule {
    const name = this.name();
    const from = this.word;
    const condition = this.any();
    if (this.word) throw this.unexpected('and, or, or a semicolon');
    const text = this.source.text.slice(from!.start, this.words.at(-1)!.end);
    return { ...(name !== undefined && { name }), condition, text };
  }

  private get word(): Word | undefined {
    return this.words[this.next];
  }

  private unexpected(expected: string, word = this.word ?? this.after): ReturnType<typeof unexpected> {
    return unexpected(expected, word, this.source);
  }

  private take(kind: Word['kind']): Word | undefined {
    return this.word?.kind === kind ? this.words[this.next++] : undefined;
  }

  /** What stands before a colon. */
  private name(): string | undefined {
    const colon = this.words.findIndex(({ kind }) => kind === 'name');
    if (colon < 0) return undefined;
    const before = this.words.slice(0, colon);
    const odd = before.find(({ kind }) => ['comparison', 'open', 'close', 'range'].includes(kind));
    if (odd || colon === 0)
      throw this.unexpected('the name of a state before the colon', odd ?? this.words[0]);
    this.next = colon + 1;
    if (before.length === 1) return before[0].text;
    return this.source.text.slice(before[0].start, before[colon - 1].end);
  }

  private any(): Condition {
    return this.joined('any', 'or', () => this.joined('all', 'and', () => this.not()));
  }

  private joined(kind: 'all' | 'any', between: 'and' | 'or', part: () => Condition): Condition {
    const of = [part()];
    while (this.take(between)) of.push(part());
    return of.length === 1 ? of[0] : { kind, of };
  }

  private not(): Condition {
    if (this.take('not')) return { kind: 'not', of: this.not() };
    if (!this.opensCondition()) return this.comparison();
    this.take('open');
    const inside = this.any();
    if (!this.take('close')) throw this.unexpected('and, or, or a closing parenthesis');
    return inside;
  }

  /** Whether a parenthesis here holds a condition, not a number. */
  private opensCondition(): boolean {
    if (this.word?.kind !== 'open') return false;
    let depth = 0;
    for (const { kind } of this.words.slice(this.next)) {
      if (kind === 'open') depth++;
      if (kind === 'close' && --depth === 0) return false;
      if (kind === 'comparison' || kind === 'not') return true;
    }
    return true;
  }

  private comparison(): Condition {
    const operands = [this.operand()];
    const operators: Word[] = [];
    for (let word = this.take('comparison'); word; word = this.take('comparison')) {
      operators.push(word);
      operands.push(this.operand());
      if (this.word?.kind === 'range') return this.range(operands, operators);
    }
    const [first] = operators;
    if (!first) throw this.unexpected('a comparison (<, <=, >, >=, =)');
    const turn = operators.find(({ text }) => operators.length > 1 && text[0] !== first.text[0]);
    const odd = turn ?? operators.find(({ text }) => operators.length > 1 && !/^[<>]/.test(text));
    if (odd) throw this.unexpected('comparisons in one direction, such as -2 < phi < 1,', odd);
    return merged(
      operators.map((word, i) => this.pair(operands[i], word.text as Comparison, operands[i + 1])),
    );
  }

  /** `phi=2.8..-2.8` */
  private range([left, lower, ...more]: Operand[], [operator]: Word[]): Condition {
    const at = this.take('range');
    const upper = this.operand();
    if (!('column' in left) || operator.text !== '=' || more.length > 0)
      throw this.unexpected('a range of a column, such as phi=-2..1,', at);
    for (const end of [lower, upper]) if (!('number' in end)) throw this.unexpected('a number', end.word);
    const interval = [lower, upper].map((end) => (end as { number: number }).number) as [number, number];
    return { kind: 'range', column: left.column, interval, closed: [false, false] };
  }

  private pair(left: Operand, operator: Comparison, right: Operand): Condition {
    if ('column' in left && 'column' in right)
      return { kind: 'order', left: left.column, right: right.column, operator };
    if ('column' in left) return rangeOf(left.column, operator, (right as { number: number }).number);
    if ('column' in right) return rangeOf(right.column, mirrored[operator], left.number);
    throw this.unexpected('a column to compare with a number', left.word);
  }

  /** A number, of all words before the next comparison, range or logical word; else a column, of one. */
  private operand(): Operand {
    const quoted = this.take('quoted');
    if (quoted) return { column: quoted.text, word: quoted };
    const [first, words] = [this.word, this.run()];
    const last = words.at(-1);
    const text = last && this.source.text.slice(first!.start, last.end);
    const number = text === undefined ? undefined : numberIn(text);
    if (number !== undefined) {
      this.next += words.length;
      return { number, word: { ...first!, text: text! } };
    }
    const column = this.take('text');
    if (!column) throw this.unexpected('a number or a column');
    return { column: column.text, word: column };
  }

  /** Words from here on that may be a number: text and parentheses that open and close. */
  private run(): Word[] {
    let depth = 0;
    const rest = this.words.slice(this.next);
    const end = rest.findIndex(({ kind }) => {
      if (kind === 'open') depth++;
      return kind === 'close' ? depth-- === 0 : kind !== 'text' && kind !== 'open';
    });
    return end < 0 ? rest : rest.slice(0, end);
  }
}

function numberIn(text: string): number | undefined {
  const [, sign] = /^([-+]?)inf$/i.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  return piExpression(text);
}

function rangeOf(column: string, operator: Comparison, end: number): Condition {
  const open = { kind: 'range', column, closed: [false, false] } as const;
  switch (operator) {
    case '<':
      return { ...open, interval: [-Infinity, end] };
    case '<=':
      return { ...open, interval: [-Infinity, end], closed: [false, true] };
    case '>':
      return { ...open, interval: [end, Infinity] };
    case '>=':
      return { ...open, interval: [end, Infinity], closed: [true, false] };
    case '=':
      return { ...open, interval: [end, end], closed: [true, true] };
    case '!=':
      return { kind: 'not', of: { ...open, interval: [end, end], closed: [true, true] } };
  }
}

/** `-2 < phi < 1` is one range, which on a periodic column may pass through the end of its domain. */
function merged(parts: readonly Condition[]): Condition {
  const [first, second] = parts;
  if (parts.length === 1) return first;
  if (parts.length > 2 || first.kind !== 'range' || second.kind !== 'range' || first.column !== second.column)
    return { kind: 'all', of: parts };
  const [above, below] = first.interval[1] === Infinity ? [first, second] : [second, first];
  return {
    ...first,
    interval: [above.interval[0], below.interval[1]],
    closed: [above.closed[0], below.closed[1]],
  };
}
