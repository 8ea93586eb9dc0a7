import { columnValues, type Dataset } from '../frames/index.js';

/** Some rows of a table, one after the other. */
export function someRows(table: Dataset, rows: ArrayLike<number>): Dataset {
  const width = table.columns.length;
  const data = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    data.set(table.data.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  const source = table.segments[0]?.source ?? 'the table';
  return {
    ...table,
    frames: rows.length,
    data,
    time: Float64Array.from({ length: rows.length }, (_, i) => i),
    segments: [{ start: 0, end: rows.length, source }],
  };
}

/** The table with these columns alone, in this order. */
export function someColumns(table: Dataset, labels: readonly string[]): Dataset {
  const data = new Float64Array(table.frames * labels.length);
  labels.forEach((label, i) =>
    columnValues(table, label).forEach((value, row) => (data[row * labels.length + i] = value)),
  );
  const columns = labels.map((label) => table.columns.find((column) => column.label === label)!);
  return { ...table, columns, data };
}
