import type { PlumedInput } from '../parse-input.js';
import type { Statement } from '../statement.js';

/** Keywords that change how often something is done, not what it is. */
const immaterial = new Set(['STRIDE', 'UPDATE_FROM', 'UPDATE_UNTIL']);

/**
 * What an input says a column is: its statement and those that it rests on, with files by their names alone; undefined where no
 * statement has that label.
 */
export function definitionOf({ all }: PlumedInput, column: string): string | undefined {
  const byLabel = new Map(
    all.flatMap((statement) => (statement.label === undefined ? [] : [[statement.label, statement]])),
  );
  const seen = new Set<Statement>();
  const lines: string[] = [];
  const visit = (name: string): void => {
    const statement = byLabel.get(name) ?? byLabel.get(name.slice(0, Math.max(0, name.indexOf('.'))));
    if (!statement || seen.has(statement)) return;
    seen.add(statement);
    const { action, label, keywords, flags } = statement;
    const words = [...keywords].filter(([key]) => !immaterial.has(key));
    for (const [, value] of words) for (const word of value.split(/[\s,]+/)) visit(word);
    const said = words.map(([key, value]) => `${key}=${value.replace(/^.*\//, '')}`).sort();
    lines.push([`${label}: ${action}`, ...said, ...[...flags].sort()].join(' '));
  };
  visit(column);
  return lines.length > 0 ? lines.join('\n') : undefined;
}
