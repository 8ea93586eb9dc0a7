import type { NamedFile } from './input-files.js';
import { withWords } from './restarts/index.js';
import { wordForPath } from './words.js';

/** Another name for a file that a statement reads. */
export interface RenamedFile extends NamedFile {
  to: string;
}

/** The text with files read under other names. */
export function withNames(text: string, renamed: readonly RenamedFile[]): string {
  const edits = renamed.map(({ statement, keyword, name, to }) => ({
    ...{ statement, keyword, from: name },
    value: wordForPath(to, keyword),
  }));
  return withWords(text, edits);
}
