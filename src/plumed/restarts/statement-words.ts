import type { Statement } from '../statement.js';

/** A keyword that a statement is to have, in place of what it says of it. */
export interface WordEdit {
  statement: Pick<Statement, 'firstLine' | 'lastLine' | 'path'>;
  keyword: string;
  /** As PLUMED reads it: quoted where it has blanks. */
  value: string;
}

/** The text with the words; every line keeps its number, and what else stands there stays, byte for byte. */
export function withWords(text: string, edits: readonly WordEdit[]): string {
  const lines = text.split('\n');
  for (const edit of edits) if (!replaced(lines, edit)) add(lines, edit);
  return lines.join('\n');
}

function replaced(lines: string[], { statement, keyword, value }: WordEdit): boolean {
  const word = new RegExp(`(^|\\s)${keyword}=(\\{[^}]*\\}|\\S*)`, 'i');
  for (let line = statement.firstLine - 1; line < statement.lastLine; line++) {
    const [code, ...comment] = lines[line].split('#');
    const changed = code.replace(word, (_, before: string) => `${before}${keyword}=${value}`);
    if (changed === code && !word.test(code)) continue;
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
