import type { LatentcvError } from '../../support/index.js';
import { numberRange, wordPattern } from './values.js';
import {
  numberProperties,
  otherNames,
  sharedProperties,
  textProperties,
  type Comparator,
  type NumberProperty,
  type NumberRange,
  type Selection,
  type SharedProperty,
  type TextProperty,
  type WordPattern,
} from './selection.js';
import { selectionError, tokensOf, type Token } from './tokens.js';
import { closestName } from '../../support/index.js';

const connectives: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or' };
const prefixes = ['not', 'within', 'around', 'byres', 'same'];
const alone = ['all', 'none'];

/** Words that a value cannot be unless it is quoted. */
export const keywords: readonly string[] = [
  ...textProperties,
  ...numberProperties,
  ...Object.keys(otherNames),
  ...prefixes,
  ...alone,
  'and',
  'or',
];
const isKeyword = new Set([...keywords, ...Object.keys(connectives)]);

/** Functions of chemfiles' language, which selections were written in before. */
const chemfilesWords = new Set(
  'is_bonded is_angle is_dihedral is_improper distance angle dihedral out_of_plane vx vy vz sqrt sin cos tan'.split(
    ' ',
  ),
);

const isText = (word: string): word is TextProperty => (textProperties as readonly string[]).includes(word);
const isNumber = (word: string): word is NumberProperty =>
  (numberProperties as readonly string[]).includes(word);

class Parser {
  private at = 0;
  private readonly tokens: Token[];

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  parse(): Selection {
    const selection = this.either();
    const before = this.tokens[this.at - 1];
    if (this.token)
      throw this.refusal('"and", "or" or the end', this.meant(before) ?? this.meant(this.token));
    return selection;
  }

  private get token(): Token | undefined {
    return this.tokens[this.at];
  }

  /** The next word where it is no quoted one, with other spellings made one. */
  private get keyword(): string {
    const { token } = this;
    if (!token || token.kind === 'quoted') return '';
    return connectives[token.text] ?? token.text;
  }

  private refusal(expected: string, hint?: string): LatentcvError {
    const { token, text } = this;
    const received = token ? ` but received "${token.text}"` : ' but it ends';
    return selectionError(
      text,
      token?.at ?? text.length,
      `expected ${expected}${received}`,
      hint ?? this.meant(token),
    );
  }

  private meant(token: Token | undefined): string | undefined {
    const close = token && closestName(token.text, [...keywords]);
    return close === undefined || close === token?.text ? undefined : `did you mean ${close}?`;
  }

  /** Selections joined by `or`, of those joined by `and`. */
  private either(): Selection {
    return this.joined('or', () => this.joined('and', () => this.one()));
  }

  private joined(word: 'and' | 'or', next: () => Selection): Selection {
    const of = [next()];
    while (this.keyword === word) {
      this.at++;
      of.push(next());
    }
    return of.length === 1 ? of[0] : { kind: word, of };
  }

  private one(): Selection {
    const { token, keyword: word } = this;
    if (!token) throw this.refusal('a selection');
    if (token.kind === 'open') return this.parenthesised();
    if (token.kind === 'quoted') return this.bare(token);
    if (token.kind === 'close' || (token.kind === 'operator' && word !== '!'))
      throw this.refusal('a selection');
    if (word === 'not' || word === '!') {
      this.at++;
      return { kind: 'not', of: this.one() };
    }
    if (prefixes.includes(word)) return this.prefixed(word);
    if (word === 'all' || word === 'none') {
      this.at++;
      return { kind: word };
    }
    if (word === 'and' || word === 'or') throw this.refusal('a selection');
    return this.named(token);
  }

  private parenthesised(): Selection {
    this.at++;
    const selection = this.either();
    if (this.token?.kind !== 'close') throw this.refusal('")", "and" or "or"');
    this.at++;
    return selection;
  }

  private prefixed(word: string): Selection {
    this.at++;
    if (word === 'byres') return { kind: 'same', property: 'residue', of: this.operand(word) };
    if (word === 'same') return this.same();
    const distance = Number(this.token?.text);
    if (!(distance >= 0 && Number.isFinite(distance)) || this.token?.kind !== 'word')
      throw this.refusal(
        `a distance in nm after ${word}`,
        `such as: ${word} 0.5 ${word === 'within' ? 'of ' : ''}(protein)`,
      );
    this.at++;
    if (this.keyword === 'of') this.at++;
    return { kind: word as 'within' | 'around', distance, of: this.operand(`${word} ${distance}`) };
  }

  private same(): Selection {
    const property = otherNames[this.keyword] ?? this.keyword;
    if (!(sharedProperties as readonly string[]).includes(property))
      throw this.refusal(`one of ${sharedProperties.join(', ')} after same`);
    this.at++;
    if (this.keyword !== 'as') throw this.refusal(`"as" after same ${property}`);
    this.at++;
    return { kind: 'same', property: property as SharedProperty, of: this.operand(`same ${property} as`) };
  }

  /** MDAnalysis takes all that follows, other programs the next word: with parentheses it is plain. */
  private operand(what: string): Selection {
    const inParentheses = this.token?.kind === 'open';
    const selection = this.one();
    if (!inParentheses && (this.keyword === 'and' || this.keyword === 'or'))
      throw this.refusal(
        `parentheses that say how far "${what}" reaches`,
        `${what} (…) ${this.keyword} …, or ${what} (… ${this.keyword} …)`,
      );
    return selection;
  }

  /** A property with its values, or a bare name. */
  private named(token: Token): Selection {
    if (token.text === 'prop') {
      this.at++;
      return this.named(this.token ?? token);
    }
    const property = otherNames[token.text] ?? token.text;
    const next = this.tokens[this.at + 1] as Token | undefined;
    if (!isText(property) && !isNumber(property)) return this.bare(token, next);
    this.at++;
    if (next?.kind === 'operator') return this.compared(property);
    return isText(property)
      ? { kind: 'words', property, values: this.words(property) }
      : { kind: 'ranges', property, ranges: this.ranges(property) };
  }

  private compared(property: TextProperty | NumberProperty): Selection {
    const operator = this.token!.text as Comparator;
    if (!['<', '<=', '>', '>=', '==', '!='].includes(operator))
      throw this.refusal('one of < <= > >= == !=', `${property} == …`);
    this.at++;
    const value = this.token;
    if (isNumber(property)) {
      if (value?.kind !== 'word' || !Number.isFinite(Number(value.text)))
        throw this.refusal(`a number after ${operator}`);
      this.at++;
      return { kind: 'comparison', property, operator, value: Number(value.text) };
    }
    if (
      (operator !== '==' && operator !== '!=') ||
      !value ||
      (value.kind !== 'word' && value.kind !== 'quoted')
    )
      throw this.refusal(`a name after ${property} ==`, `${property} and its values: ${property} CA CB`);
    this.at++;
    const words: Selection = { kind: 'words', property, values: [{ word: value.text }] };
    return operator === '==' ? words : { kind: 'not', of: words };
  }

  /** Words behind a property, up to a keyword or a parenthesis. */
  private values(property: string): Token[] {
    const from = this.at;
    while (
      this.token &&
      (this.token.kind === 'quoted' || (this.token.kind === 'word' && !isKeyword.has(this.token.text)))
    )
      this.at++;
    if (this.at === from)
      throw this.refusal(
        `a value after ${property}`,
        this.token?.kind === 'word' ? `${property} "${this.token.text}" means the word itself` : undefined,
      );
    return this.tokens.slice(from, this.at);
  }

  private words(property: TextProperty): WordPattern[] {
    return this.values(property).map(({ text, kind }) =>
      kind === 'quoted' ? { word: text } : wordPattern(text),
    );
  }

  private ranges(property: NumberProperty): NumberRange[] {
    const values = this.values(property);
    const ranges: NumberRange[] = [];
    for (let i = 0; i < values.length; i++) {
      let { text } = values[i];
      // 10 to 20
      if (values[i + 1]?.text === 'to' && values[i + 2]) text = `${text}:${values[(i += 2)].text}`;
      const range = numberRange(text, property);
      if (!range)
        throw selectionError(
          this.text,
          values[i].at,
          `expected numbers or ranges such as 10-20 after ${property} but received "${text}"`,
        );
      ranges.push(range);
    }
    return ranges;
  }

  private bare(token: Token, next?: Token): Selection {
    if (token.kind === 'word' && next && (next.kind === 'operator' || next.kind === 'open'))
      if (chemfilesWords.has(token.text) || next.kind === 'operator')
        throw this.refusal(
          `a property of atoms before ${next.text}`,
          `it knows ${[...textProperties, ...numberProperties].join(', ')}, not chemfiles' functions`,
        );
    this.at++;
    const quoted = token.kind === 'quoted';
    return {
      kind: 'bare',
      value: quoted ? { word: token.text } : wordPattern(token.text),
      quoted,
      at: token.at,
    };
  }
}

/**
 * Reads a selection.
 * @throws LatentcvError `bad-argument` that names the place in the text where it is none
 */
export function parseSelection(text: string): Selection {
  return new Parser(text).parse();
}
