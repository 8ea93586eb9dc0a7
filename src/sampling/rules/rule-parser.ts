import { piExpression } from '../../frames/index.js';
import { merged, rangeOf, type Comparison, type Condition, type StateRule } from './rule-conditions.js';
import { unexpected, type RuleText, type Word } from './rule-scanner.js';

type Operand = { number: number; word: Word } | { column: string; word: Word };

const mirrored: Record<Comparison, Comparison> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
};

/** Recursive descent over the words of one state. */
export class RuleParser {
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
    return { name, condition, text };
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
    let level = 0;
    for (const { kind } of this.words.slice(this.next)) {
      if (kind === 'open') level++;
      if (kind === 'close' && --level === 0) return false;
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
    let level = 0;
    const rest = this.words.slice(this.next);
    const end = rest.findIndex(({ kind }) => {
      if (kind === 'open') level++;
      return kind === 'close' ? level-- === 0 : kind !== 'text' && kind !== 'open';
    });
    return end < 0 ? rest : rest.slice(0, end);
  }
}

function numberIn(text: string): number | undefined {
  const [, sign] = /^([-+]?)inf$/i.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  return piExpression(text);
}
