import type { Column } from '../dataset.js';
import { LatentcvError } from '../../support/index.js';
import { piExpression } from './pi-expression.js';

/** What stands beside an array that cannot name its columns. */
export interface ColumnNotes {
  labels: string[];
  /** By label. */
  periods: Map<string, readonly [number, number]>;
}

/** One line for each column: its label, and where it is periodic the ends of its domain, tabs between them. */
export function writeColumnNotes(columns: readonly Column[]): string {
  return columns.map(({ label, period }) => [label, ...(period ?? [])].join('\t') + '\n').join('');
}

/**
 * @throws LatentcvError `file-format` for a line that is neither a label nor one with two numbers
 */
export function readColumnNotes(text: string, path: string): ColumnNotes {
  const notes: ColumnNotes = { labels: [], periods: new Map() };
  const lines = text.replace(/\s+$/, '').split(/\r?\n/);
  lines.forEach((line, i) => {
    const [label, ...ends] = line.split('\t').map((word) => word.trim());
    const [lower, upper, ...more] = ends.map(piExpression);
    if (ends.length > 0 && (lower === undefined || upper === undefined || more.length > 0))
      throw new LatentcvError(
        'file-format',
        `expected a label, or a label and two numbers with tabs between them, at ${path}:${i + 1} but received ${line}`,
      );
    notes.labels.push(label);
    if (lower !== undefined && upper !== undefined) notes.periods.set(label, [lower, upper]);
  });
  return notes;
}
