import { LatentcvError, type NewFile } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { piText } from '../tables/index.js';
import { textWriter, type TableWriter } from './table-writer.js';

function header(columns: readonly Column[]): string {
  const lines = [`#! FIELDS time ${columns.map((column) => column.label).join(' ')}`];
  for (const { label, period } of columns) {
    if (period)
      lines.push(`#! SET min_${label} ${piText(period[0])}`, `#! SET max_${label} ${piText(period[1])}`);
  }
  return lines.join('\n') + '\n';
}

/**
 * A PLUMED table: FIELDS and SET lines, times in ps.
 * @throws LatentcvError `bad-argument` for a label with blanks in it
 */
export function colvarWriter(file: NewFile, columns: readonly Column[]): TableWriter {
  const odd = columns.find(({ label }) => /\s/.test(label));
  if (odd)
    throw new LatentcvError(
      'bad-argument',
      `expected labels without blanks for the PLUMED table ${file.path} but received "${odd.label}"`,
      'write a CSV or HDF5 file',
    );
  return textWriter(file, header(columns), columns, [' ', ' ']);
}
