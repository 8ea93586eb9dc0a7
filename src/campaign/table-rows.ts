import { columnsFitting, tableKind, tableLabels, type TableOptions } from '../frames/index.js';
import { LatentcvError, shortList } from '../support/index.js';
import type { TrainOptions } from '../training/index.js';

/** How a table of rows that are independent of one another is read and learned from. */
export interface TableRows {
  training: Pick<TrainOptions, 'rows' | 'identifiers'>;
  reading: Pick<TableOptions, 'rows' | 'text' | 'gaps'>;
  /** What was taken as what, a line each. */
  notes: string[];
}

type Asked = Pick<TrainOptions, 'rows' | 'identifiers' | 'group' | 'properties'>;

/**
 * Rows are independent of one another where that is said, or where they have properties and no file tells their times nor
 * `timestep` does; undefined where they are frames. Their columns of text name them, their properties may be missing.
 * @throws LatentcvError `bad-argument` where a column of text is to be learned from
 */
export async function tableRows(
  files: readonly string[],
  reading: TableOptions,
  { rows, identifiers = [], group, properties = [] }: Asked,
): Promise<TableRows | undefined> {
  if (rows === false || (!rows && (properties.length === 0 || reading.timestep !== undefined)))
    return undefined;
  const [kind, labels] = [await tableKind(files[0], reading), await tableLabels(files[0], reading)];
  if (!rows && kind.timed) return undefined;
  expectNumbers(kind.text, [...(reading.columns ?? []), ...properties]);
  const named = new Set(identifiers.flatMap((pattern) => columnsFitting(pattern, labels, files[0])));
  const told = kind.text.filter((label) => label !== group && !named.has(label));
  return {
    training: {
      rows: true,
      identifiers: labels.filter((label) => named.has(label) || kind.text.includes(label)),
    },
    reading: { rows: true, text: kind.text, gaps: properties },
    notes: [
      ...(rows
        ? []
        : [
            'rows are taken as independent of one another, since they have properties and no times (‘timestep’ says otherwise)',
          ]),
      ...(told.length > 0 ? [`not learned from, since it is text: ${shortList(told, 5)}`] : []),
    ],
  };
}

function expectNumbers(text: readonly string[], wanted: TableOptions['columns']): void {
  const found = wanted?.find((pattern) => typeof pattern === 'string' && text.includes(pattern));
  if (found === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    `expected numbers in the column ${String(found)} but it is text`,
    'columns of text name rows (‘identifiers’) or group them (‘group’)',
  );
}
