import { invalidArgument, LatentcvError } from '../support/index.js';

/**
 * Splits lines into words as PLUMED does (`Tools::getWords`): blanks separate, braces keep blanks together and the
 * outermost ones vanish. The level of braces carries over from line to line.
 */
export class WordSplitter {
  /** How many braces are open. */
  level = 0;

  /**
   * @throws LatentcvError a plain sentence where a brace closes that never opened
   */
  split(line: string): string[] {
    const words: string[] = [];
    let word = '';
    for (const character of line) {
      if (character === '}' && --this.level < 0) throw new Error('a closing brace without an opening one');
      const outermost = this.level === 0;
      if (outermost && /[ \t\n]/.test(character)) {
        if (word !== '') words.push(word);
        word = '';
      } else if (!(outermost && /[{}]/.test(character))) word += character;
      if (character === '{') this.level++;
    }
    if (word !== '') words.push(word);
    return words;
  }
}

/** The line without its comment and the blanks at its end; `#` starts a comment even within braces. */
export function withoutComment(line: string): string {
  const hash = line.indexOf('#');
  let end = hash < 0 ? line.length : hash;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/** The value as a word that `WordSplitter` reads back, or undefined where PLUMED has no way to write it. */
export function quoteWord(value: string): string | undefined {
  if (/[#{}\r\n]/.test(value)) return undefined;
  return /[ \t]/.test(value) ? `{${value}}` : value;
}

/**
 * A path as a word of a PLUMED input.
 * @throws LatentcvError `bad-argument`, for what `name` says, where PLUMED cannot be given it
 */
export function wordForPath(path: string, name: string): string {
  const quoted = quoteWord(path);
  if (quoted !== undefined) return quoted;
  throw invalidArgument('a path without # and braces, which PLUMED cannot read', name, path);
}

/** Whether PLUMED reads a name as a single argument: with blanks it would be a word of its own, with `*` a pattern. */
// eslint-disable-next-line no-control-regex
export const isArgument = (name: string): boolean => /^[^\s,#{}()*='"\x00-\x1f\x7f]+$/.test(name);

/**
 * Labels and components, which a model file or an input names, as the value of ARG.
 * @throws LatentcvError `plumed-input` for one that PLUMED would not read as a single argument.
 */
export function argumentList(names: readonly string[]): string {
  const bad = names.find((name) => !isArgument(name));
  if (bad === undefined) return names.join(',');
  throw new LatentcvError(
    'plumed-input',
    `expected names that PLUMED reads as one argument but received ${JSON.stringify(bad)}`,
    'they are in the model file (latentcv inspect): write it anew with names of letters, digits, _ and -',
  );
}
