import type { Column } from './dataset.js';
import { textWriter, type TableWriter } from './table-writer.js';

const quoted = (label: string, separator: string): string =>
  /["\r\n]/.test(label) || label.includes(separator) ? `"${label.replaceAll('"', '""')}"` : label;

/** A table with names in its first line, time (ps) in its first column. */
export function csvWriter(
  path: string,
  columns: readonly Column[],
  separator: ',' | '\t',
): Promise<TableWriter> {
  const names = ['time', ...columns.map(({ label }) => quoted(label, separator))];
  return textWriter(path, `${names.join(separator)}\n`, columns, ['', separator]);
}
