import { wantInWords, type Candidate, type Designs, type NearRow } from '../../../design/index.js';
import type { ModelMetadata } from '../../../onnx/index.js';
import { counted, digits } from '../../../support/index.js';

const nameOf = ({ name, row }: NearRow): string => name ?? `row ${row + 1}`;

/** The candidates for a person, one line each. */
export function describeDesigns(found: Designs): string[] {
  const { candidates, front, rows, wants, properties } = found;
  const good = candidates.filter(({ meets }) => meets).length;
  const what = wants.map(wantInWords).join(', ');
  const kind = front ? 'of the Pareto front' : `${good} of them as wanted`;
  const head = [
    '',
    ...properties,
    ...(candidates[0]?.again ? properties.map((name) => `${name} again`) : []),
  ];
  const told = [...head, ...(candidates[0]?.again ? ['cycle'] : []), ...spreadHead(found), 'nearest rows'];
  return [
    `${what}: ${counted(candidates.length, 'candidate')}, ${kind}, near ${counted(rows, 'training row')}`,
    '',
    ...aligned([told, ...candidates.map((candidate, i) => cellsOf(candidate, i, properties))]),
  ];
}

/** Of an ensemble, what its members disagree on. */
const spreadHead = ({ candidates, properties }: Designs): string[] =>
  candidates[0]?.again?.spread ? properties.map((name) => `${name} spread`) : [];

function cellsOf(
  { told, again, cycle, nearest, meets }: Candidate,
  i: number,
  properties: readonly string[],
): string[] {
  return [
    `${i + 1}${meets ? '' : ' *'}`,
    ...told.map((value) => digits(value)),
    ...(again ? again.properties.map((value) => digits(value)) : []),
    ...(cycle === undefined ? [] : [digits(cycle, 2)]),
    ...(again?.spread ?? []).map((value) => digits(value, 2)),
    nearest.map((row) => nearInWords(row, properties)).join(', '),
  ];
}

/** `LaMnO3 (0.012 away, ehull 12)` */
function nearInWords(row: NearRow, properties: readonly string[]): string {
  const known = row.properties.flatMap((value, i) =>
    Number.isNaN(value) ? [] : [`${properties[i]} ${digits(value)}`],
  );
  return `${nameOf(row)} (${[`${digits(row.distance, 2)} away`, ...known].join(', ')})`;
}

function aligned(lines: readonly string[][]): string[] {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  return lines.map((line) => `  ${line.map((cell, i) => cell.padEnd(widths[i])).join('  ')}`.trimEnd());
}

/** A CSV with a line for each candidate: CVs, properties, what is said of the inputs, the nearest rows, and the inputs. */
export function candidatesTable(found: Designs, metadata: ModelMetadata): string {
  const { candidates, properties } = found;
  const again = candidates[0]?.again !== undefined;
  const labels = [
    'candidate',
    'meets',
    ...metadata.outputs.map(({ name }) => name),
    ...properties,
    ...(again ? [...properties.map((name) => `${name} again`), 'cycle'] : []),
    ...spreadHead(found),
    'distance',
    'nearest',
    'nearest distance',
    ...(again ? metadata.inputs.map(({ label }) => label) : []),
  ];
  const rows = candidates.map((candidate, i) => [
    i + 1,
    candidate.meets ? 1 : 0,
    ...candidate.cv,
    ...candidate.told,
    ...(candidate.again ? [...candidate.again.properties, candidate.cycle!] : []),
    ...(candidate.again?.spread ?? []),
    candidate.distance,
    nameOf(candidate.nearest[0]),
    candidate.nearest[0].distance,
    ...(candidate.inputs ?? []),
  ]);
  return [labels, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** Quoted where it has to be. */
const cell = (value: string | number): string =>
  typeof value === 'number' || !/[",\n]/.test(value) ? String(value) : `"${value.replaceAll('"', '""')}"`;

/** What `--json` prints. */
export function designsForScripts(
  found: Designs,
  { inputs, outputs }: ModelMetadata,
  output: string | undefined,
) {
  const { wants, candidates, ...rest } = found;
  const byName = (values: readonly number[]) =>
    Object.fromEntries(found.properties.map((name, i) => [name, Number.isNaN(values[i]) ? null : values[i]]));
  return {
    ...(output !== undefined && { output }),
    want: wants.map(wantInWords),
    ...rest,
    cvs: outputs.map(({ name }) => name),
    inputs: inputs.map(({ label }) => label),
    candidates: candidates.map(({ told, again, nearest, ...candidate }) => ({
      ...candidate,
      told: byName(told),
      ...(again && {
        again: {
          ...again,
          properties: byName(again.properties),
          ...(again.spread && { spread: byName(again.spread) }),
        },
      }),
      nearest: nearest.map((row) => ({ ...row, properties: byName(row.properties) })),
    })),
  };
}
