import { LatentcvError, closestName, shortList } from '../support/index.js';

/** A label, a pattern with `*` and `?`, or a regular expression that the whole label must match. */
export type ColumnPattern = string | RegExp;

function matcher(pattern: ColumnPattern): (label: string) => boolean {
  const source =
    typeof pattern === 'string'
      ? pattern
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replace(/\*/g, '.*')
          .replace(/\?/g, '.')
      : pattern.source;
  const expression = new RegExp(
    `^(?:${source})$`,
    typeof pattern === 'string' ? '' : pattern.flags.replace(/[gy]/g, ''),
  );
  return (label) => expression.test(label);
}

/** Whether a label, or a pattern, is or fits this label. */
export function fitsColumn(pattern: ColumnPattern, label: string): boolean {
  return pattern === label || matcher(pattern)(label);
}

/**
 * The labels that a pattern, or a label, fits.
 * @throws LatentcvError `bad-argument` with the closest name where there are none
 */
export function columnsFitting(pattern: ColumnPattern, labels: readonly string[], path: string): string[] {
  if (typeof pattern === 'string' && labels.includes(pattern)) return [pattern];
  const found = labels.filter(matcher(pattern));
  if (found.length > 0) return found;
  throw new LatentcvError(
    'bad-argument',
    `expected a column ${String(pattern)} in ${path} but it has ${shortList(labels) || 'none'}`,
    typeof pattern === 'string' ? hintFor(pattern, labels) : undefined,
  );
}

/** Whether PLUMED calls what an action adds to the energy so. */
export const isBiasOutput = (label: string): boolean => /\.r?bias$/.test(label);

export const unbiasedHint = 'a file that was run without a bias is named with ‘unbiased’';

/** Columns are chosen among those beside the time: whoever names it too means to name all of a table that tells none. */
const timeHint = 'the time is no column to choose; ‘names’ names all columns of a table that tells none';

/** Another bias is no misspelling: a hint at it would weigh frames by something else. */
function hintFor(pattern: string, labels: readonly string[]): string | undefined {
  if (isBiasOutput(pattern)) return unbiasedHint;
  if (pattern === 'time') return timeHint;
  const closest = closestName(pattern, labels);
  return closest === undefined ? undefined : `did you mean ${closest}?`;
}

/**
 * The labels that the patterns choose, in the order of the patterns and within one pattern that of the file, each
 * once; without patterns all but `time`.
 * @throws LatentcvError `bad-argument` with the closest name where a pattern matches nothing
 */
export function selectColumns(
  fields: readonly string[],
  path: string,
  patterns?: readonly ColumnPattern[],
): string[] {
  const labels = fields.filter((label) => label !== 'time');
  const chosen = patterns ? [...new Set(patterns.flatMap((p) => columnsFitting(p, labels, path)))] : labels;
  const twice = chosen.find((label) => labels.indexOf(label) !== labels.lastIndexOf(label));
  if (twice !== undefined) {
    throw new LatentcvError('file-format', `expected one column ${twice} in ${path} but it is named twice`);
  }
  return chosen;
}
