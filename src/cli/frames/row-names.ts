import { LatentcvError, shortList } from '../../support/index.js';

/**
 * The cells of a column of CSV files as text, one for each row: what rows are called.
 * @throws LatentcvError `bad-argument` where a file has no such column
 */
export async function rowNames(files: readonly string[], column: string): Promise<string[]> {
  const { readFile } = await import('node:fs/promises');
  const { parse } = await import('csv-parse/sync');
  const all = await Promise.all(
    files.map(async (file) => {
      const rows = parse(await readFile(file), {
        ...{ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true },
        ...{ delimiter: [',', ';', '\t'], comment: '#', comment_no_infix: true },
      });
      const [labels = []] = rows;
      const at = labels.indexOf(column);
      if (at >= 0) return rows.slice(1).map((row) => row[at] ?? '');
      throw new LatentcvError(
        'bad-argument',
        `expected a column ${column} in ${file} but there are ${shortList(labels) || 'none with names'}`,
      );
    }),
  );
  return all.flat();
}
