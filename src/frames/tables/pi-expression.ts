/** Longer than anybody writes; brackets within brackets are functions within functions. */
const longest = 200;

/**
 * The number that a `#! SET min_phi` line or a PLUMED keyword writes: `-pi`, `pi`, `2*pi`, `0.5*pi/3`, `-3.14`.
 * Numbers, `pi`, + - * / and parentheses; undefined where the text is anything else.
 */
export function piExpression(text: string): number | undefined {
  if (text.length > longest) return undefined;
  const tokens = text.toLowerCase().match(/\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|pi|[-+*/()]|\S/g) ?? [];
  const parser = new Expression(tokens);
  const value = parser.sum();
  return parser.finished() && Number.isFinite(value) ? value : undefined;
}

/** Recursive descent; whatever does not parse becomes NaN. */
class Expression {
  private next = 0;
  constructor(private readonly tokens: readonly string[]) {}

  finished(): boolean {
    return this.next === this.tokens.length;
  }

  sum(): number {
    let value = this.product();
    for (let operator = this.take('+', '-'); operator; operator = this.take('+', '-')) {
      value += operator === '+' ? this.product() : -this.product();
    }
    return value;
  }

  private product(): number {
    let value = this.atom();
    for (let operator = this.take('*', '/'); operator; operator = this.take('*', '/')) {
      if (operator === '*') value *= this.atom();
      else value /= this.atom();
    }
    return value;
  }

  private atom(): number {
    const token = this.tokens[this.next++];
    if (token === '-') return -this.atom();
    if (token === '+') return this.atom();
    if (token === 'pi') return Math.PI;
    if (token === '(') {
      const value = this.sum();
      return this.take(')') ? value : NaN;
    }
    return token !== undefined && /^[\d.]/.test(token) ? Number(token) : NaN;
  }

  private take(...wanted: string[]): string | undefined {
    const token = this.tokens[this.next];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.next++;
    return token;
  }
}

/** A number as PLUMED writes the end of a domain: `-pi`, `pi`, `0.5`. */
export function piText(value: number): string {
  if (value === Math.PI) return 'pi';
  return value === -Math.PI ? '-pi' : String(value);
}
