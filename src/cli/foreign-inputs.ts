import { readFile } from 'node:fs/promises';
import type { ForeignModel, ModelInput } from '../onnx/index.js';
import { LatentcvError } from '../support/errors.js';
import type { DifferentiateOptions } from './commands/differentiate.js';
import { columnInterval } from './values.js';

/** What is known of an input before frames are looked at. */
export interface KnownInput {
  label: string;
  unit: string;
  period?: readonly [number, number];
  range?: readonly [number, number];
}

/** Labels, units, periods and ranges from the command line, a file of them, and the model file, in that order. */
export async function knownInputs(
  foreign: ForeignModel,
  options: DifferentiateOptions,
  columns?: readonly string[],
): Promise<KnownInput[]> {
  const d = foreign.x.shape[1] as number;
  const fromFile = options.inputsFile === undefined ? undefined : await readInputsFile(options.inputsFile);
  const found = fromFile ?? (options.inputs ?? foreign.labels ?? columns ?? numbered(d)).map(plain);
  if (found.length !== d)
    throw new LatentcvError(
      'bad-argument',
      `expected ${d} inputs, as the network has, but received ${found.length}: ${shown(found)}`,
      columns && found.length > d
        ? "--inputs chooses among the table's columns, in the order of the network's inputs; patterns such as 'd_*' count"
        : undefined,
    );
  const pattern = found.find(({ label }) => /[*?]/.test(label));
  if (pattern)
    throw new LatentcvError(
      'bad-argument',
      `expected labels of inputs but received the pattern ${pattern.label}`,
      'patterns choose among the columns of --colvar',
    );
  const withUnits = found.map((input, i) => ({ ...input, unit: unitOf(options.units, i, d) ?? input.unit }));
  return withUnits.map((input) => ({
    ...input,
    ...pick(options.period, input.label, 'period'),
    ...pick(options.range, input.label, 'range'),
  }));
}

/** All labels where they are few, else the first and the last. */
function shown(inputs: readonly KnownInput[]): string {
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
  given: DifferentiateOptions['period'],
  label: string,
  key: K,
): Partial<Record<K, readonly [number, number]>> {
  const found = given?.find(({ column }) => column === label);
  return found ? ({ [key]: found.interval } as unknown as Partial<Record<K, readonly [number, number]>>) : {};
}

/** `phi unit=rad period=-pi..pi range=-3.1..3.1` per line. */
async function readInputsFile(path: string): Promise<KnownInput[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new LatentcvError('file-not-found', `cannot read the list of inputs ${path}: ${error.message}`);
  });
  return text
    .split('\n')
    .map((line, i) => ({ words: line.replace(/#.*/, '').trim().split(/\s+/), where: `${path}:${i + 1}` }))
    .filter(({ words }) => words[0] !== '')
    .map(({ words: [label, ...facts], where }) =>
      facts.reduce((input, fact) => told(input, fact, where), plain(label)),
    );
}

function told(input: KnownInput, fact: string, where: string): KnownInput {
  const [, key, value] = /^(unit|period|range)=(.+)$/.exec(fact) ?? [];
  if (key === 'unit') return { ...input, unit: value };
  try {
    if (key !== undefined) return { ...input, [key]: columnInterval(fact).interval };
  } catch {
    // told below, with the place
  }
  throw new LatentcvError(
    'bad-argument',
    `${where}: expected unit=…, period=lower..upper or range=lower..upper but received "${fact}"`,
  );
}

/** Ranges that are not known stay empty: `outside` then takes no offence at the input. */
export function modelInput({ label, unit, period, range }: KnownInput): ModelInput {
  const [min, max] = range ?? period ?? [0, 0];
  return { label, unit, ...(period && { period }), min, max };
}
