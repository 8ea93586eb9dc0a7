import { dirname, isAbsolute, join } from 'node:path';
import { LatentcvError, expectList, expectObject, invalidArgument } from '../support/index.js';
import { isThere, readPlumedText } from './input-text.js';
import { interpretWords, placeOf, type Statement } from './statement.js';
import { WordSplitter, withoutComment } from './words.js';

/** A PLUMED input as PLUMED reads it. */
export interface PlumedInput {
  text: string;
  path: string | undefined;
  /** The file's own statements, in order, up to `ENDPLUMED`. */
  statements: Statement[];
  /** The same with those of `INCLUDE`d files in their places. */
  all: Statement[];
  /** The `ENDPLUMED` statement of the file itself, and what stands behind it, which PLUMED ignores. */
  end: Statement | undefined;
  ignored: Statement[];
}

export interface ParseOptions {
  /** Folder, or several, in which PLUMED will run: included files are looked for there, then beside what names them. */
  workingFolder?: string | readonly string[];
}

function inputError(where: Pick<Statement, 'path' | 'firstLine'>, problem: string): LatentcvError {
  return new LatentcvError('plumed-input', `${placeOf(where)}: ${problem}`);
}

/** Reads lines into statements by the rules of `Tools::getParsedLine`. */
class StatementReader {
  readonly statements: Statement[] = [];
  private words: string[] = [];
  private firstLine = 0;
  private inside = false;
  private splitter = new WordSplitter();

  constructor(private readonly path: string | undefined) {}

  take(text: string, line: number): void {
    const content = withoutComment(text);
    if (content === '') return;
    if (!this.inside) this.firstLine = line;
    const merge = this.splitter.level > 0;
    const words = this.markers(this.split(content, line), line);
    if (merge && this.words.length > 0 && words.length > 0)
      this.words.push(`${this.words.pop()} ${words.shift()}`);
    this.words.push(...words);
    if (!this.inside) this.finish(line);
  }

  /** To call after the last line. */
  end(): void {
    if (this.inside)
      throw this.error(this.firstLine, 'expected a line "..." that ends this statement but found none');
  }

  private split(content: string, line: number): string[] {
    try {
      return this.splitter.split(content);
    } catch (error) {
      throw this.error(line, (error as Error).message);
    }
  }

  /** Takes the `...` that open and close a continuation. */
  private markers(words: string[], line: number): string[] {
    if (this.inside && words[0] === '...') return this.close(words, line);
    if (words.at(-1) !== '...') return words;
    this.inside = true;
    return words.slice(0, -1);
  }

  private close(words: string[], line: number): string[] {
    const opening = this.words[0];
    if (words.length > 2 || (words.length === 2 && words[1] !== opening)) {
      const after = words.slice(1).join(' ');
      throw this.error(
        line,
        `expected nothing or "${opening}" after the closing "..." but received "${after}"`,
      );
    }
    this.inside = false;
    return [];
  }

  private finish(line: number): void {
    if (this.splitter.level > 0) throw this.error(this.firstLine, 'expected a closing brace but found none');
    const { words, firstLine, path } = this;
    this.words = [];
    if (words.length > 0) this.statements.push({ ...interpretWords(words), firstLine, lastLine: line, path });
  }

  private error(line: number, problem: string): LatentcvError {
    return inputError({ path: this.path, firstLine: line }, problem);
  }
}

/** The statements up to and with `ENDPLUMED`, and those behind it as far as they can be read. */
function readStatements(
  text: string,
  path: string | undefined,
): { found: Statement[]; ignored: Statement[] } {
  const lines = text.split(/\r?\n/);
  const reader = new StatementReader(path);
  const ended = (): boolean => reader.statements.at(-1)?.action === 'ENDPLUMED';
  let line = 0;
  while (line < lines.length && !ended()) reader.take(lines[line++], line);
  reader.end();
  return { found: reader.statements, ignored: readLeniently(lines, line, path) };
}

/** Behind `ENDPLUMED` anything may stand. */
function readLeniently(lines: readonly string[], from: number, path: string | undefined): Statement[] {
  const reader = new StatementReader(path);
  try {
    for (let line = from; line < lines.length; line++) reader.take(lines[line], line + 1);
  } catch {
    // PLUMED does not read it either.
  }
  return reader.statements;
}

function includedPath(include: Statement, folder: string | readonly string[] = '.'): string {
  const name = include.keywords.get('FILE');
  if (name === undefined) throw inputError(include, 'expected INCLUDE FILE=… but found no FILE');
  if (isAbsolute(name) && isThere(name)) return name;
  const folders = [...[folder].flat(), include.path === undefined ? '.' : dirname(include.path)];
  const found = folders.map((place) => join(place, name)).find(isThere);
  if (found !== undefined) return found;
  throw inputError(
    include,
    `expected the included file ${name} in ${[...new Set(folders)].join(' or ')} but found none`,
  );
}

function expand(statement: Statement, options: ParseOptions, from: readonly string[]): Statement[] {
  if (statement.action !== 'INCLUDE') return [statement];
  const path = includedPath(statement, options.workingFolder);
  if (from.includes(path)) throw inputError(statement, `the file ${path} includes itself`);
  const { all } = parse(readPlumedText(path, 'the included file'), path, options, [...from, path]);
  return [statement, ...all];
}

function parse(
  text: string,
  path: string | undefined,
  options: ParseOptions,
  from: readonly string[],
): PlumedInput {
  const { found, ignored } = readStatements(text, path);
  const end = found.at(-1)?.action === 'ENDPLUMED' ? found.at(-1) : undefined;
  const statements = end ? found.slice(0, -1) : found;
  const all = statements.flatMap((statement) => expand(statement, options, from));
  return { text, path, statements, all, end, ignored };
}

/**
 * Reads a PLUMED input by PLUMED's own rules: labels, keywords, comments, `...` blocks, braces, `INCLUDE`,
 * `ENDPLUMED`.
 * @throws LatentcvError `plumed-input` with the line where PLUMED could not read it either
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function parsePlumedInput(text: string, path?: string, options: ParseOptions = {}): PlumedInput {
  if (typeof text !== 'string') throw invalidArgument('the text of an input', 'text', text);
  return parse(text, path, options, path === undefined ? [] : [path]);
}

/**
 * Refuses what `parsePlumedInput` did not give, such as the text of an input.
 * @throws LatentcvError `bad-argument`
 */
export function expectInput(input: PlumedInput): void {
  expectObject(input, 'input', 'what parsePlumedInput gives');
  expectList(input.all, 'input.all');
}
