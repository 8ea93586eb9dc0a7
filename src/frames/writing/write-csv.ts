import type { NewFile } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { textWriter, type TableWriter } from './table-writer.js';

const quoted = (label: string, separator: string): string =>
  /["\r\n]/.test(label) || label.includes(separator) ? `"${label.replaceAll('"', '""')}"` : label;

/** A table with names in its first line, time (ps) in its first column. */
export function csvWriter(file: NewFile, columns: readonly Column[], separator: ',' | '\t'): TableWriter {
  const names = ['time', ...columns.map(({ label }) => quoted(label, separator))];
  return textWriter(file, `${names.join(separator)}\n`, columns, ['', separator]);
}
