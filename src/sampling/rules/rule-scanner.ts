import { LatentcvError } from '../../support/index.js';

/** A word of a rule, with where it stands in the text (from 0). */
export interface Word {
  kind: 'text' | 'quoted' | 'comparison' | 'range' | 'open' | 'close' | 'and' | 'or' | 'not' | 'end' | 'name';
  text: string;
  start: number;
  end: number;
}

/** The text that rules are read from, and what it is called in messages: `--labels`. */
export interface RuleText {
  text: string;
  what: string;
}

const comparisons: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=', '≠': '!=', '==': '=' };
const logic: Readonly<Record<string, 'and' | 'or' | 'not'>> = { and: 'and', or: 'or', not: 'not' };

/** What a word of each kind looks like, the first that fits taken; text ends before `..` */
const patterns: readonly (readonly [Word['kind'], RegExp])[] = [
  ['quoted', /"[^"]*"|'[^']*'|`[^`]*`/y],
  ['comparison', /<=|>=|==|!=|[<>=≤≥≠]/y],
  ['and', /&&/y],
  ['or', /\|\|/y],
  ['not', /!/y],
  ['range', /\.\./y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['end', /;/y],
  ['name', /:/y],
  ['text', /(?:(?!\.\.)[^\s"'`<>=!≤≥≠();:&|])+/y],
];

/**
 * The words of a text.
 * @throws LatentcvError `bad-argument` for a quotation mark without its fellow
 */
export function ruleWords({ text, what }: RuleText): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at])) {
      at++;
      continue;
    }
    const word = wordAt(text, at);
    if (!word) throw unexpected('a rule', { start: at, text: text[at] }, { text, what });
    words.push(word);
    at = word.end;
  }
  return words;
}

function wordAt(text: string, start: number): Word | undefined {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) continue;
    const end = start + found.length;
    if (kind === 'quoted') return { kind, text: found.slice(1, -1), start, end };
    if (kind === 'comparison') return { kind, text: comparisons[found] ?? found, start, end };
    if (kind === 'text') return { kind: logic[found.toLowerCase()] ?? kind, text: found, start, end };
    return { kind, text: found, start, end };
  }
  return undefined;
}

/** `expected a number or a column at character 11 of --labels "bound: d <" but received its end` */
export function unexpected(
  expected: string,
  word: Pick<Word, 'start' | 'text'> | undefined,
  { text, what }: RuleText,
  hint?: string,
): LatentcvError {
  const received = word ? JSON.stringify(word.text) : 'its end';
  return new LatentcvError(
    'bad-argument',
    `expected ${expected} at character ${(word?.start ?? text.length) + 1} of ${what} ${JSON.stringify(text)} but received ${received}`,
    hint ?? "rules look like 'bound: d < 0.4; unbound: d > 0.9 and not (-2 < phi < 1)'",
  );
}
