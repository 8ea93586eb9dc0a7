import { parse } from 'csv-parse/sync';
import { LatentcvError } from '../../support/index.js';
import { textBlocks } from './text-blocks.js';
import { isGraceLine, xvgLabels } from './xvg-labels.js';

/** What stands between the cells of a line: a comma, a semicolon, a tab, or blanks (' '), of any number. */
export type Separator = ',' | ';' | '\t' | ' ';

export interface CsvHeader {
  path: string;
  separator: Separator;
  /** Columns of the file. */
  width: number;
  /** What they are called; absent where the file begins with numbers. */
  labels?: string[];
  /** Line of the first row. */
  firstLine: number;
}

/** The cells of one line, quotes resolved; none where a quote does not end, or stands within a cell. */
export function cellsOf(line: string, delimiter: Separator): string[] {
  try {
    const [cells = []] = parse(line, { delimiter, relax_column_count: true, trim: true });
    return delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells;
  } catch {
    return [];
  }
}

/** A number, or a word for one that is missing; formulas (`NaNbO3`, `InFeO3`, `Na`) are words. */
export const isNumber = (cell: string): boolean =>
  /^[-+]?(\d|\.\d|(nan(\(.*\))?|inf(inity)?)$)|^n\/?a$/i.test(cell) && cell !== 'Na' && !/\d\D*:/.test(cell);

function isRow(cells: readonly string[]): boolean {
  const [first, ...others] = cells;
  // pandas counts columns without names, and names its row numbers with nothing
  if (first === '' && others.every((cell, i) => cell === String(i))) return false;
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => isNumber(cell));
}

/** The separator that cuts both lines into as many cells, more than one; blanks where none does. */
function separatorOf(first: string, second: string | undefined): Separator {
  const candidates = ([',', ';', '\t'] as const).map((separator) => ({
    separator,
    cells: cellsOf(first, separator).length,
    same: second === undefined || cellsOf(second, separator).length === cellsOf(first, separator).length,
  }));
  const [best] = candidates
    .filter(({ cells }) => cells > 1)
    .sort((a, b) => Number(b.same) - Number(a.same) || b.cells - a.cells);
  return best?.separator ?? ' ';
}

/** A comment above the first row that has as many words: numpy.savetxt and OpenMM put the names there. */
function commentLabels(
  comment: string | undefined,
  separator: Separator,
  width: number,
): string[] | undefined {
  const text = comment?.replace(/^\s*#+\s*/, '') ?? '';
  return [separator, ' ' as const].map((each) => cellsOf(text, each)).find((cells) => cells.length === width);
}

/** Of a line in which rows have returns alone between them: a reader that goes by line feeds would take its first row and no other. */
export const returnsWithin = (path: string, line: number): LatentcvError =>
  new LatentcvError(
    'file-format',
    `expected lines that end in a line feed in ${path} but line ${line} has carriage returns within it`,
    `tr '\\r' '\\n' < ${path} > table.csv makes such`,
  );

/** The first lines of a file that are not empty, with their numbers (from 1). */
async function firstLines(path: string, chunkBytes?: number): Promise<{ text: string; line: number }[]> {
  const found: { text: string; line: number }[] = [];
  let [line, rows] = [0, 0];
  for await (const { bytes } of textBlocks(path, chunkBytes)) {
    for (const text of bytes.toString('utf8').replace(/\n$/, '').split('\n')) {
      line++;
      if (text.trim() === '') continue;
      if (/\r./.test(text)) throw returnsWithin(path, line);
      // of comments in a row, the last one may name the columns; each line of a plot tells something of it
      if (isHash(text) && isHash(found.at(-1)?.text ?? '')) found.pop();
      found.push({ text: text.replace(/^\uFEFF/, '').trimEnd(), line });
      if (!isComment(text) && ++rows > 1) return found;
    }
  }
  return found;
}

const isHash = (text: string): boolean => /^\s*#/.test(text);

const isComment = (text: string): boolean => isHash(text) || isGraceLine(text.trimStart());

/**
 * Finds out what is between the cells of a file, what its columns are called and where its rows begin.
 * @throws LatentcvError `file-format` for a file without rows
 */
export async function readCsvHeader(path: string, chunkBytes?: number): Promise<CsvHeader> {
  const lines = await firstLines(path, chunkBytes);
  const at = lines.findIndex(({ text }) => !isComment(text));
  if (at < 0) throw new LatentcvError('file-format', `expected a table in ${path} but it has no rows`);
  const [first, second] = [lines[at], lines.slice(at + 1).find(({ text }) => !isComment(text))];
  const separator = separatorOf(first.text, second?.text);
  const cells = cellsOf(first.text, separator);
  const width = cells.length;
  if (!isRow(cells)) {
    if (!second)
      throw new LatentcvError('file-format', `expected rows below the names in ${path} but found none`);
    return { path, separator, width, labels: cells, firstLine: second.line };
  }
  const above = lines.slice(0, at).map(({ text }) => text);
  const labels = xvgLabels(above, width) ?? commentLabels(above.at(-1), separator, width);
  return { path, separator, width, labels, firstLine: first.line };
}
