import { LatentcvError } from '../../support/index.js';
import { constants, functions } from './operators.js';

/** A function of numbers. */
type Evaluator = (values: readonly number[]) => number;

/** A function as PLUMED's CUSTOM takes it. */
export interface Expression {
  /** Its value for one value of each variable, in their order. */
  evaluate: Evaluator;
}

const tokens = /\s*(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|([A-Za-z_][\w.]*)|([-+*/^(),;=]))/y;

const precedence: Readonly<Record<string, number>> = { '+': 0, '-': 0, '*': 1, '/': 1, '^': 3 };
const ofMinus = 2;

const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

/**
 * Reads what Lepton, PLUMED's parser, reads: numbers, variables, its functions and constants, and behind a semicolon what
 * else is given a name.
 * @throws LatentcvError `plumed-input`
 */
export function parseExpression(text: string, variables: readonly string[]): Expression {
  const [main, ...others] = text.split(';').filter((part, i) => i === 0 || part.trim() !== '');
  const named = new Map<string, Evaluator>(
    variables.map((name, i) => [name, (values: readonly number[]) => values[i]]),
  );
  for (const definition of others.reverse()) {
    const [, name, value] = /^\s*([A-Za-z_]\w*)\s*=(.+)$/s.exec(definition) ?? [];
    if (name === undefined) throw notRead(text, `expected a name and = in ‘${definition.trim()}’`);
    named.set(name, new Reader(value, named, text).whole());
  }
  return { evaluate: new Reader(main, named, text).whole() };
}

/**
 * A number as PLUMED reads it in a keyword: 0.5, pi/2, -pi.
 * @throws LatentcvError `plumed-input`
 */
export function parseNumber(text: string): number {
  const plain = Number(text);
  return text.trim() !== '' && Number.isFinite(plain) ? plain : parseExpression(text, []).evaluate([]);
}

function notRead(text: string, problem: string): LatentcvError {
  return new LatentcvError('plumed-input', `${problem} (in the function ${text})`);
}

class Reader {
  private readonly words: string[] = [];
  private at = 0;

  constructor(
    part: string,
    private readonly named: ReadonlyMap<string, Evaluator>,
    private readonly text: string,
  ) {
    tokens.lastIndex = 0;
    const trimmed = part.trim();
    while (tokens.lastIndex < trimmed.length) {
      const from = tokens.lastIndex;
      const found = tokens.exec(trimmed);
      if (!found)
        throw notRead(text, `expected a number, a name or an operator but received ‘${trimmed.slice(from)}’`);
      this.words.push(found[0].trim());
    }
  }

  whole(): Evaluator {
    const result = this.sum(0);
    if (this.at < this.words.length)
      throw notRead(this.text, `expected an end but received ‘${this.words[this.at]}’`);
    return result;
  }

  /** What binds at least so tightly. */
  private sum(least: number): Evaluator {
    let left = this.one();
    for (;;) {
      const operator = this.words[this.at];
      const own = operator === undefined ? undefined : precedence[operator];
      if (own === undefined || own < least) return left;
      this.at++;
      const [a, b, apply] = [left, this.sum(operator === '^' ? own : own + 1), binary[operator]];
      left = (values) => apply(a(values), b(values));
    }
  }

  private one(): Evaluator {
    const word = this.words[this.at++];
    if (word === undefined) throw notRead(this.text, 'expected a value at its end but found none');
    if (word === '(') return this.closed(this.sum(0));
    if (word === '-') {
      const negated = this.sum(ofMinus);
      return (values) => -negated(values);
    }
    if (/^[\d.]/.test(word)) {
      const value = Number(word);
      return () => value;
    }
    return this.words[this.at] === '(' ? this.call(word) : this.name(word);
  }

  private name(word: string): Evaluator {
    const named = this.named.get(word);
    if (named) return named;
    if (!Object.hasOwn(constants, word))
      throw notRead(this.text, `expected a variable but received ‘${word}’`);
    const value = constants[word];
    return () => value;
  }

  private call(name: string): Evaluator {
    if (!Object.hasOwn(functions, name))
      throw notRead(this.text, `expected a function of Lepton but received ‘${name}’`);
    const apply = functions[name];
    this.at++;
    const given = [this.sum(0)];
    while (this.words[this.at] === ',') {
      this.at++;
      given.push(this.sum(0));
    }
    if (name !== 'erf' && name !== 'erfc' && given.length !== apply.length)
      throw notRead(this.text, `expected ${apply.length} values for ${name} but received ${given.length}`);
    const [first, second, third] = given;
    if (second === undefined) return this.closed((values) => apply(first(values)));
    if (third === undefined) return this.closed((values) => apply(first(values), second(values)));
    return this.closed((values) => apply(first(values), second(values), third(values)));
  }

  private closed(inside: Evaluator): Evaluator {
    if (this.words[this.at++] === ')') return inside;
    throw notRead(this.text, 'expected a closing parenthesis but found none');
  }
}
