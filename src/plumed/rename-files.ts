import { escaped } from '../support/index.js';
import type { NamedFile } from './input-files.js';
import { wordForPath } from './words.js';

/** Another name for a file that a statement reads. */
export interface RenamedFile extends NamedFile {
  to: string;
}

/** The text with files read under other names; whatever else stands there stays, byte for byte. */
export function withNames(text: string, renamed: readonly RenamedFile[]): string {
  const lines = text.split('\n');
  for (const { statement, keyword, name, to } of renamed) {
    // a name with blanks stands in braces
    const word = new RegExp(
      `(^|\\s)(${escaped(keyword)})=(\\{${escaped(name)}\\}|${escaped(name)}(?=\\s|\\}|$))`,
      'i',
    );
    for (let line = statement.firstLine - 1; line < statement.lastLine; line++) {
      const [code, ...comment] = lines[line].split('#');
      const changed = code.replace(
        word,
        (_, before: string, key: string) => `${before}${key}=${wordForPath(to, key)}`,
      );
      if (changed === code) continue;
      lines[line] = [changed, ...comment].join('#');
      break;
    }
  }
  return lines.join('\n');
}
