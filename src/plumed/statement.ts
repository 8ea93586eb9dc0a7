import { expectObject } from '../support/index.js';
/** One statement of a PLUMED input, `...` continuations joined. */
export interface Statement {
  /** In upper case. */
  action: string;
  /** From `label:` or `LABEL=`; undefined where PLUMED would number it. */
  label: string | undefined;
  /** Values of `KEY=value` words by upper-case key; of a key given twice the first, as PLUMED reads it. */
  keywords: Map<string, string>;
  /** The words without `=`, in upper case. */
  flags: Set<string>;
  /** First and last line, from 1. */
  firstLine: number;
  lastLine: number;
  /** The file it stands in, as given; undefined for text without a file. */
  path: string | undefined;
}

/**
 * Where a statement stands, for messages: `plumed.dat:12`, or `line 12` of a text without a file.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function placeOf(statement: Pick<Statement, 'path' | 'firstLine'>): string {
  expectObject(statement, 'statement');
  const { path, firstLine } = statement;
  return path === undefined ? `line ${firstLine}` : `${path}:${firstLine}`;
}

function keywordOf(word: string): [key: string, value: string] | undefined {
  const equals = word.indexOf('=');
  return equals < 0 ? undefined : [word.slice(0, equals).toUpperCase(), word.slice(equals + 1)];
}

/** What PLUMED makes of a statement's words (`Tools::interpretLabel`, `Tools::getKey`). */
export function interpretWords(
  words: readonly string[],
): Pick<Statement, 'action' | 'label' | 'keywords' | 'flags'> {
  const labelled = words.length > 1 && words[0].endsWith(':');
  const [action = '', ...rest] = labelled ? words.slice(1) : words;
  const keywords = new Map<string, string>(labelled ? [['LABEL', words[0].slice(0, -1)]] : []);
  const flags = new Set<string>();
  for (const word of rest) {
    const pair = keywordOf(word);
    if (!pair) flags.add(word.toUpperCase());
    else if (!keywords.has(pair[0])) keywords.set(...pair);
  }
  const label = keywords.get('LABEL');
  keywords.delete('LABEL');
  return { action: action.toUpperCase(), label, keywords, flags };
}
