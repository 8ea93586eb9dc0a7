import { LatentcvError } from '../../support/index.js';

/** A word of a selection or a definition, and where it begins (from 0) in the text. */
export interface Token {
  text: string;
  at: number;
  /** Quoted words mean themselves: no keyword, no pattern. */
  kind: 'word' | 'quoted' | 'operator' | 'open' | 'close';
}

/** Parsers go down one call for each parenthesis: more would end in a stack that overflows. */
const mostWords = 10_000;
const mostNested = 1000;

const operators = ['<=', '>=', '==', '!=', '<', '>'];

/** Characters of plain words: names of atoms and residues have digits, signs, stars and primes (`1HB`, `CL-`, `O5'`). */
const plainWord = /[^\s()<>=!,"'](?:[^\s()<>=!,]|!(?!=))*/y;

/** A problem of a selection, with its place in the text. */
export function selectionError(text: string, at: number, problem: string, hint?: string): LatentcvError {
  const place = at >= text.length ? 'at its end' : `at character ${at + 1}`;
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return new LatentcvError('bad-argument', `${problem} ${place} of the selection "${shown}"`, hint);
}

/**
 * The words of a selection. A quote begins a quoted word only where a word begins, so that `O5'` is one word.
 * @throws LatentcvError `bad-argument` where a quote has no end, or for more words than a selection may have
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (/[\s,]/.test(c)) at++;
    else {
      const token = tokenAt(text, at);
      tokens.push(token);
      at += token.text.length + (token.kind === 'quoted' ? 2 : 0);
    }
  }
  const nested = tokens.filter(({ kind, text: word }) => kind === 'open' || nesting.has(word)).length;
  if (tokens.length > mostWords || nested > mostNested)
    throw new LatentcvError(
      'bad-argument',
      `expected a selection of at most ${mostWords} words, ${mostNested} of them parentheses or words such as not, but "${text.slice(0, 40)}…" has ${tokens.length}`,
      'ranges such as serial 10-20 and named groups are shorter',
    );
  return tokens;
}

/** Words with a selection behind them. */
const nesting = new Set(['not', '!', 'within', 'around', 'byres', 'same']);

function tokenAt(text: string, at: number): Token {
  const c = text[at];
  if (c === '(') return { text: c, at, kind: 'open' };
  if (c === ')') return { text: c, at, kind: 'close' };
  if (c === '"' || c === "'") {
    const end = text.indexOf(c, at + 1);
    if (end < 0)
      throw selectionError(
        text,
        at,
        `expected a second ${c} to end what is quoted`,
        `"'H1" names the atom 'H1`,
      );
    return { text: text.slice(at + 1, end), at, kind: 'quoted' };
  }
  const operator = operators.find((one) => text.startsWith(one, at));
  if (operator !== undefined) return { text: operator, at, kind: 'operator' };
  plainWord.lastIndex = at;
  const word = plainWord.exec(text)?.[0];
  // what is left are = and ! alone
  return word === undefined ? { text: c, at, kind: 'operator' } : { text: word, at, kind: 'word' };
}
