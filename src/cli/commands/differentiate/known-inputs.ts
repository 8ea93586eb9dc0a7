import { fitsColumn, type Dataset } from '../../../frames/index.js';
import type { ForeignModel } from '../../../onnx/foreign/index.js';
import type { ModelInput } from '../../../onnx/index.js';
import type { ColumnInterval } from '../../../free-energy/index.js';
import { isArgument } from '../../../plumed/index.js';
import { LatentcvError, readText } from '../../../support/index.js';
import type { DifferentiateOptions } from './options.js';
import { columnInterval } from '../../options/index.js';
import { expectIntervals, expectKnownNames } from './known-names.js';

/** What is known of an input before frames are looked at. */
export interface KnownInput {
  label: string;
  unit: string;
  period?: readonly [number, number];
  range?: readonly [number, number];
  /** Where random inputs are drawn from, where its range is not known. */
  sought?: readonly [number, number];
}

/** Labels, units, periods and ranges from the command line, a file of them, and the model file, in that order. */
export async function knownInputs(
  foreign: ForeignModel,
  options: DifferentiateOptions,
  columns?: readonly string[],
): Promise<KnownInput[]> {
  const d = foreign.x.shape[1] as number;
  const fromFile = options.inputsFile === undefined ? undefined : await readInputsFile(options.inputsFile);
  const found = fromFile ?? (options.columns ?? foreign.labels ?? columns ?? numbered(d)).map(plain);
  if (found.length !== d)
    throw new LatentcvError(
      'bad-argument',
      `expected ${d} inputs, as the network has, but received ${found.length}: ${labelsInWords(found)}`,
      columns && found.length > d
        ? "--columns chooses among the table's columns, in the order of the network's inputs; patterns such as 'd_*' count"
        : undefined,
    );
  expectLabels(found.map(({ label }) => label));
  expectIntervals('--range', options.range);
  expectKnownNames('--range', options.range, { inputs: found.map(({ label }) => label) });
  const withUnits = found.map((input, i) => ({ ...input, unit: unitOf(options.units, i, d) ?? input.unit }));
  return withUnits.map((input) => ({
    ...input,
    ...pick(options.periodic, input.label, 'period'),
    ...pick(options.range, input.label, 'range'),
  }));
}

/** Labels that PLUMED can name, each once. */
function expectLabels(labels: readonly string[]): void {
  const refused = (what: string, hint: string): LatentcvError =>
    new LatentcvError('bad-argument', `expected labels of inputs but received ${what}`, hint);
  const pattern = labels.find((label) => /[*?]/.test(label));
  if (pattern !== undefined)
    throw refused(`the pattern ${pattern}`, 'patterns choose among the columns of --frames');
  const bad = labels.find((label) => !isArgument(label));
  if (bad !== undefined)
    throw refused(
      `${JSON.stringify(bad)}, which PLUMED cannot name in ARG`,
      'name the inputs as the labels of a PLUMED input: letters, digits, _, - and the dot before a component',
    );
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined)
    throw refused(`${twice} twice`, 'each input of the network has a label of its own, in their order');
}

/** All labels where they are few, else the first and the last. */
function labelsInWords(inputs: readonly KnownInput[]): string {
  const labels = inputs.map(({ label }) => label);
  return (labels.length > 8 ? [...labels.slice(0, 5), '…', ...labels.slice(-2)] : labels).join(', ');
}

const plain = (label: string): KnownInput => ({ label, unit: '' });
const numbered = (d: number): string[] => Array.from({ length: d }, (_, i) => `x${i}`);

function unitOf(units: readonly string[] | undefined, at: number, d: number): string | undefined {
  if (!units) return undefined;
  if (units.length !== 1 && units.length !== d)
    throw new LatentcvError('bad-argument', `expected 1 or ${d} units but received ${units.length}`);
  return units[units.length === 1 ? 0 : at];
}

/** The interval given for a label, under a key; nothing where none is. */
export function pick<K extends string>(
  given: DifferentiateOptions['periodic'],
  label: string,
  key: K,
): Partial<Record<K, readonly [number, number]>> {
  const found = given?.find(({ column }) => fitsColumn(column, label));
  return found ? ({ [key]: found.interval } as unknown as Partial<Record<K, readonly [number, number]>>) : {};
}

/** `phi unit=rad period=-pi..pi range=-3.1..3.1` per line. */
async function readInputsFile(path: string): Promise<KnownInput[]> {
  const text = await readText(path, 'the list of inputs');
  return text
    .split('\n')
    .map((line, i) => ({ words: line.replace(/#.*/, '').trim().split(/\s+/), where: `${path}:${i + 1}` }))
    .filter(({ words }) => words[0] !== '')
    .map(({ words: [label, ...facts], where }) =>
      facts.reduce((input, fact) => withFact(input, fact, where), plain(label)),
    );
}

function withFact(input: KnownInput, fact: string, where: string): KnownInput {
  const [, key, value] = /^(unit|period|range)=(.+)$/.exec(fact) ?? [];
  if (key === 'unit') return { ...input, unit: value };
  const given = key === undefined ? undefined : intervalOf(fact);
  if (given) {
    expectIntervals(`${where}: ${input.label}`, [given]);
    return { ...input, [key]: given.interval };
  }
  throw new LatentcvError(
    'bad-argument',
    `${where}: expected unit=…, period=lower..upper or range=lower..upper but received "${fact}"`,
  );
}

/** Undefined where it is none: the caller knows the place. */
function intervalOf(text: string): ColumnInterval | undefined {
  try {
    return columnInterval(text);
  } catch {
    return undefined;
  }
}

/** Ranges that are not known are left out: the plugin then refuses OUTSIDE. */
export function modelInput({ label, unit, period, range }: KnownInput): ModelInput {
  const known = range ?? period;
  return { label, unit, period, ...(known && { min: known[0], max: known[1] }) };
}

/** Smallest and largest value of a column. */
export function rangeOfColumn(
  { columns, data }: Pick<Dataset, 'columns' | 'data'>,
  at: number,
): readonly [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (let i = at; i < data.length; i += columns.length) {
    min = Math.min(min, data[i]);
    max = Math.max(max, data[i]);
  }
  return [min, max];
}
