import { LatentcvError } from '../support/index.js';
import { symbols } from './symbols.js';

/** Amount of each element, by its symbol. */
export type Composition = ReadonlyMap<string, number>;

/**
 * A formula as elements and amounts: `LaMnO3`, `Ba0.5Sr0.5TiO3`, `Ca10(PO4)6(OH)2`, `Mg(OH)2·H2O`.
 * @throws LatentcvError `bad-data` where it is none, naming what was found and where
 */
export function parseFormula(formula: string): Composition {
  const amounts = new Map<string, number>();
  for (const part of formula.replace(/\s/g, '').split(/[·•*]/)) {
    const [, count, rest] = /^(\d*\.?\d*)(.*)$/.exec(part)!;
    new Reader(formula, rest).group(amounts, count === '' ? 1 : Number(count));
  }
  if (amounts.size === 0) throw refused(formula, 'nothing');
  return amounts;
}

const known: ReadonlySet<string> = new Set(symbols);

/** Reads one part of a formula from its end, so that a group's amount is known before its elements. */
class Reader {
  private readonly tokens: string[];

  constructor(
    private readonly formula: string,
    part: string,
  ) {
    this.tokens = part.match(/[A-Z][a-z]?|\d+\.?\d*|\.\d+|[([{]|[)\]}]|./g) ?? [];
  }

  /** Adds the elements up to the opening bracket, or to the beginning. */
  group(amounts: Map<string, number>, factor: number, within = false): void {
    let count = 1;
    for (let token = this.tokens.pop(); token !== undefined; token = this.tokens.pop()) {
      if (/^[\d.]/.test(token)) count = Number(token);
      else if (/^[)\]}]$/.test(token)) {
        this.group(amounts, factor * count, true);
        count = 1;
      } else if (/^[([{]$/.test(token)) {
        if (within) return;
        throw refused(this.formula, token);
      } else {
        if (!known.has(token)) throw refused(this.formula, token);
        amounts.set(token, (amounts.get(token) ?? 0) + factor * count);
        count = 1;
      }
    }
    if (within) throw refused(this.formula, 'a bracket that does not open');
  }
}

function refused(formula: string, found: string): LatentcvError {
  return new LatentcvError(
    'bad-data',
    `expected a formula of elements and amounts, such as Ba0.5Sr0.5TiO3, but found ${found} in ${JSON.stringify(formula)}`,
  );
}
