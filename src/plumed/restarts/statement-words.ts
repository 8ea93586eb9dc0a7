import { escaped } from '../../support/index.js';
import type { Statement } from '../statement.js';

/** A keyword that a statement is to have, in place of what it says of it. */
export interface WordEdit {
  statement: Pick<Statement, 'firstLine' | 'lastLine' | 'path'>;
  keyword: string;
  /** Its value as it stands there: where it is another, or none, nothing changes. Left out: whatever it is, or none. */
  from?: string;
  /** As PLUMED reads it: quoted where it has blanks. */
  value: string;
}

/** The text with the words; every line keeps its number, and what else stands there stays, byte for byte. */
export function withWords(text: string, edits: readonly WordEdit[]): string {
  const lines = text.split('\n');
  for (const edit of edits) if (!replaced(lines, edit) && edit.from === undefined) add(lines, edit);
  return lines.join('\n');
}

function replaced(lines: string[], { statement, keyword, from, value }: WordEdit): boolean {
  // a value with blanks stands in braces
  const old =
    from === undefined ? '\\{[^}]*\\}|\\S*' : `\\{${escaped(from)}\\}|${escaped(from)}(?=\\s|\\}|$)`;
  const word = new RegExp(`((?:^|\\s)${escaped(keyword)})=(?:${old})`, 'i');
  for (let line = statement.firstLine - 1; line < statement.lastLine; line++) {
    const [code, ...comment] = lines[line].split('#');
    if (!word.test(code)) continue;
    const changed = code.replace(word, (_, before: string) => `${before}=${value}`);
    lines[line] = [changed, ...comment].join('#');
    return true;
  }
  return false;
}

/** At the end of the statement's first line, before the `...` that opens its others. */
function add(lines: string[], { statement, keyword, value }: WordEdit): void {
  const line = statement.firstLine - 1;
  const [, code, rest] = /^([^#]*?)((?:\s+\.\.\.)?\s*(?:#.*)?\r?)$/.exec(lines[line])!;
  lines[line] = `${code} ${keyword}=${value}${rest}`;
}
