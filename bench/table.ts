/** Smallest and middle of repeated measurements. */
export interface Spread {
  min: number;
  median: number;
}

/** Throws where there is none. */
export function spreadOf(values: readonly number[]): Spread {
  return { min: Math.min(...values), median: median(values) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A number with as many digits as mean something. */
export const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table, first row on top. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');
}
