import { LatentcvError, type NewFile } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { definitionMark, piText } from '../tables/index.js';
import { textWriter, type TableWriter } from './table-writer.js';

function header(columns: readonly Column[], definition: string | undefined): string {
  const lines = [`#! FIELDS time ${columns.map((column) => column.label).join(' ')}`];
  for (const { label, period } of columns) {
    if (period)
      lines.push(`#! SET min_${label} ${piText(period[0])}`, `#! SET max_${label} ${piText(period[1])}`);
  }
  // a comment to PLUMED, in one line
  if (definition !== undefined) lines.push(`${definitionMark}${definition}`);
  return lines.join('\n') + '\n';
}

/**
 * A PLUMED table: FIELDS and SET lines, times in ps.
 * @throws LatentcvError `bad-argument` for a label with blanks in it
 */
export function colvarWriter(file: NewFile, columns: readonly Column[], definition?: string): TableWriter {
  const odd = columns.find(({ label }) => /\s/.test(label));
  if (odd)
    throw new LatentcvError(
      'bad-argument',
      `expected labels without blanks for the PLUMED table ${file.path} but received "${odd.label}"`,
      'write a CSV or HDF5 file',
    );
  return textWriter(file, header(columns, definition), columns, [' ', ' ']);
}
