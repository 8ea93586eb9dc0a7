import { LatentcvError, readProblem } from '../../support/index.js';

/** Cells of a CSV as they are. */
export interface Cells {
  labels: string[];
  rows: string[][];
}

/**
 * Reads a CSV cell by cell.
 * @throws LatentcvError `file-not-found`, `file-format`
 */
export async function readCells(path: string): Promise<Cells> {
  const { readFile } = await import('node:fs/promises');
  const { parse } = await import('csv-parse/sync');
  const bytes = await readFile(path).catch((error: unknown) => {
    throw readProblem(path, error);
  });
  try {
    const [labels = [], ...rows] = parse(bytes, {
      ...{ bom: true, trim: true, skip_empty_lines: true, delimiter: [',', ';', '\t'] },
      // spreadsheets of different systems leave all of these, in one file too
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return { labels, rows };
  } catch (error) {
    throw new LatentcvError('file-format', `${path}: expected a CSV: ${(error as Error).message}`);
  }
}
