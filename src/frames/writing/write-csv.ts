import type { NewFile } from '../../support/index.js';
import type { Column } from '../dataset.js';
import { textWriter, type TableWriter } from './table-writer.js';

const quoted = (label: string, separator: string): string =>
  /["\r\n]/.test(label) || label.includes(separator) ? `"${label.replaceAll('"', '""')}"` : label;

/** A table with names in its first line, time (ps) in its first column unless its rows have none. */
export function csvWriter(
  file: NewFile,
  columns: readonly Column[],
  { separator, rows = false }: { separator: ',' | '\t'; rows?: boolean },
): TableWriter {
  const labels = columns.map(({ label }) => label);
  const names = (rows ? labels : ['time', ...labels]).map((label) => quoted(label, separator));
  const cells = columns.map(({ words }) =>
    words ? (place: number) => quoted(words[place] ?? '', separator) : undefined,
  );
  return textWriter(file, `${names.join(separator)}\n`, columns, ['', separator], { rows, cells });
}
