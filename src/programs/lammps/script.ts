import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { LatentcvError, readText } from '../../support/index.js';

/** A LAMMPS input script, and where it is. */
export interface LammpsScript {
  text: string;
  path: string;
}

/** A word of a command. */
export interface Word {
  /** As the script has it, with quotes. */
  raw: string;
  /** Without quotes, and with the variables filled in whose values are known; undefined where one is not. */
  value: string | undefined;
}

/** A command: one line, or several that `&` or `"""` joined. */
export interface Command {
  /** All of it, as the script has it. */
  text: string;
  /** The first is the command's name. */
  words: Word[];
  /** `in.lammps:12` */
  place: string;
}

/** The values of variables that are the same at every start. */
export type Variables = Map<string, string>;

const tripled = '"""';

/** The lines of a script that belong together, by LAMMPS's rules: a last `&` joins the next, and so do open `"""`. */
function joinedLines(text: string): { text: string; logical: string; line: number }[] {
  const found: { text: string; logical: string; line: number }[] = [];
  let open: { text: string; logical: string; line: number } | undefined;
  text.split(/\r?\n/).forEach((line, i) => {
    const before = open ?? { text: '', logical: '', line: i + 1 };
    const joined = /&\s*$/.test(line);
    const logical = before.logical + (joined ? line.replace(/&\s*$/, '') : line);
    const whole = open ? `${before.text}\n${line}` : line;
    open = { text: whole, logical, line: before.line };
    const inTriple = logical.split(tripled).length % 2 === 0;
    if (joined) return;
    if (inTriple) open.logical += '\n';
    else {
      found.push(open);
      open = undefined;
    }
  });
  return open ? [...found, open] : found;
}

const quotes = [tripled, '"', "'"];

/** Splits a joined line into words as they are written; what follows `#` outside of quotes is left out. */
function rawWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let i = 0;
  const take = (length: number): void => {
    word += line.slice(i, i + length);
    i += length;
  };
  while (i < line.length && line[i] !== '#') {
    const quote = quotes.find((mark) => line.startsWith(mark, i));
    if (quote !== undefined) {
      const end = line.indexOf(quote, i + quote.length);
      take((end < 0 ? line.length : end + quote.length) - i);
    } else if (line.startsWith('$(', i)) take(lengthInParentheses(line, i + 1) + 1);
    else if (/\s/.test(line[i])) {
      if (word !== '') words.push(word);
      word = '';
      i++;
    } else take(1);
  }
  return word === '' ? words : [...words, word];
}

function lengthInParentheses(line: string, start: number): number {
  let level = 0;
  for (let i = start; i < line.length; i++) {
    if (line[i] === '(') level++;
    if (line[i] === ')' && --level === 0) return i + 1 - start;
  }
  return line.length - start;
}

function unquoted(raw: string): string {
  const quote = quotes.find((mark) => raw.startsWith(mark) && raw.length >= 2 * mark.length);
  return quote !== undefined && raw.endsWith(quote) ? raw.slice(quote.length, -quote.length) : raw;
}

/** A word with its variables filled in, undefined where one of them has no value that is known. */
function filled(raw: string, variables: Variables): string | undefined {
  if (raw.includes('$(')) return undefined;
  let known = true;
  const text = raw.replace(
    /\$\{(\w+)\}|\$(\w)/g,
    (_, long: string | undefined, short: string | undefined) => {
      const value = variables.get(long ?? short ?? '');
      known &&= value !== undefined;
      return value ?? '';
    },
  );
  return known ? unquoted(text) : undefined;
}

/** What `variable NAME STYLE …` makes of the known values. */
function define([, name, style, ...words]: readonly Word[], variables: Variables): void {
  if (name?.value === undefined || style === undefined) return;
  const first = words[0]?.value;
  switch (style.value) {
    case 'index':
    case 'string':
      // an index that has a value, by -var or from above, keeps it
      if (style.value === 'index' && variables.has(name.value)) return;
      if (first === undefined) variables.delete(name.value);
      else variables.set(name.value, first);
      return;
    case 'equal':
      if (first !== undefined && words.length === 1 && first.trim() !== '' && Number.isFinite(Number(first)))
        variables.set(name.value, first);
      else variables.delete(name.value);
      return;
    default:
      variables.delete(name.value);
  }
}

const deepest = 20;

/**
 * The commands of a script, those of files that it includes in their places.
 * @param given values of variables that `-var` gives
 * @throws LatentcvError `file-not-found`, `bad-argument` for files that include one another
 */
export async function readCommands(
  script: LammpsScript,
  given: Readonly<Record<string, string>>,
): Promise<{ commands: Command[]; variables: Variables }> {
  const variables: Variables = new Map(Object.entries(given));
  const commands = await commandsOf(script, variables, dirname(script.path), deepest);
  return { commands, variables };
}

async function commandsOf(
  { text, path }: LammpsScript,
  variables: Variables,
  folder: string,
  depth: number,
): Promise<Command[]> {
  if (depth === 0)
    throw new LatentcvError('bad-argument', `expected scripts that end but ${path} is included by itself`);
  const commands: Command[] = [];
  for (const { text: whole, logical, line } of joinedLines(text)) {
    const words = rawWords(logical).map((raw) => ({ raw, value: filled(raw, variables) }));
    const command = { text: whole, words, place: `${path}:${line}` };
    const [name, file] = words;
    if (name?.value === 'variable') define(words, variables);
    if (name?.value === 'include' && file?.value !== undefined) {
      const included = foundFile(file.value, folder) ?? file.value;
      const inside = { text: await readText(included, 'a LAMMPS script'), path: included };
      commands.push(...(await commandsOf(inside, variables, folder, depth - 1)));
    } else commands.push(command);
  }
  return commands;
}

/** A file that a script names: beside the script, or in the current folder. */
export function foundFile(name: string, folder: string): string | undefined {
  if (isAbsolute(name)) return existsSync(name) ? name : undefined;
  return [join(folder, name), join(process.cwd(), name)].find((path) => existsSync(path));
}
