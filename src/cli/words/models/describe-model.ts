import { digits } from '../../../support/index.js';
import type { InputRanking } from '../../../campaign/index.js';
import {
  rangesAreRandom,
  type ModelFile,
  type ModelInput,
  type ModelMetadata,
  type ModelOutput,
} from '../../../onnx/index.js';
import { quoteWord, serialWords } from '../../../plumed/index.js';
import type { PropertiesRecord } from '../../../properties/index.js';
import type { TrainingRecord } from '../../../training/index.js';
import { propertyLines } from './describe-properties.js';
import { timescaleInWords } from './describe-slowness.js';
import type { PluginVerdict } from '../../plugin-verdict.js';
import { visibleLine } from '../../visible.js';

/** A model file in words, for a person; one line each. */
export function describeModel(path: string, file: ModelFile, verdict: PluginVerdict): string[] {
  const { metadata } = file;
  if (!metadata) return describeForeign(path, file, verdict);
  const refused = verdict.usable === false;
  return [
    `${path}: ${metadata.inputs.length} inputs → ${metadata.outputs.map((output) => output.name).join(', ')}`,
    '',
    ...table([
      ['method', metadata.method],
      ['network', metadata.network],
      ['written by', metadata.generator],
      ['inputs', inputsInWords(metadata.inputs)],
      ...featureRows(metadata),
      ...(metadata.descriptors ? [['atoms', serialWords(metadata.descriptors.atoms)] as const] : []),
      ...metadata.outputs.map((output) => [output.name, rangeOf(output, metadata)] as const),
      ...trainingRows(metadata.training),
      ...propertyRows(metadata),
      ['check vectors', `${metadata.check.inputs.length}, reproduced`],
      ...(refused ? [['usable', usableInWords(verdict)] as const] : []),
    ]),
    ...propertiesOf(metadata),
    ...(refused ? [] : ['', ...usage(path, metadata)]),
  ];
}

const recordOf = (training: unknown): Partial<TrainingRecord> & { properties?: PropertiesRecord } =>
  training ?? {};

/** What inputs are computed from, where no table has them; which elements were learned from is a long list. */
function featureRows({ features = [] }: ModelMetadata): (readonly [string, string])[] {
  return features
    .filter((line) => !line.startsWith('elements '))
    .map((line, i) => [i === 0 ? 'computed of' : '', line] as const);
}

/** What a model predicts; how well, where its training says so, comes below. */
function propertyRows({ properties }: ModelMetadata): (readonly [string, string])[] {
  return properties ? [['properties', properties.join(', ')]] : [];
}

function propertiesOf({ method, training }: ModelMetadata): string[] {
  const { properties } = recordOf(training);
  return properties ? ['', ...propertyLines(properties, method)] : [];
}

function describeForeign(
  path: string,
  { producer, opset, inputs, outputs }: ModelFile,
  verdict: PluginVerdict,
): string[] {
  const names = (ports: ModelFile['inputs']): string =>
    ports.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  return [
    `${path}: an ONNX file without latentcv's metadata`,
    '',
    ...table([
      ['written by', `${producer || 'unknown'}, opset ${opset}`],
      ['inputs', names(inputs)],
      ['outputs', names(outputs)],
      ['usable', usableInWords(verdict)],
      ['lacks', missing(outputs)],
    ]),
    '',
    wayOn(path, verdict),
  ];
}

function usableInWords({ usable, evaluator, reason }: PluginVerdict): string {
  if (usable === undefined) return `not known: ${reason}`;
  if (!usable) return `no: ${reason}`;
  return `yes, by ${evaluator === 'native' ? "ONNX_MODEL's own evaluator" : 'ONNX Runtime'}: ${reason}`;
}

function wayOn(path: string, { usable, externalData, differentiateProblem: problem }: PluginVerdict): string {
  if (problem !== undefined) return `latentcv differentiate does not take it: ${problem}`;
  const command = `latentcv differentiate ${path}${externalData ? ' --external-data' : ''}`;
  return `${command} ${usable ? 'adds what it lacks' : 'makes a model file of it'}.`;
}

function missing(outputs: ModelFile['outputs']): string {
  const metadata = ['labels, units and periods of its inputs', 'ranges', 'check vectors'];
  return [
    ...(outputs.some(({ name }) => name === 'jacobian') ? [] : ['a jacobian output']),
    ...metadata,
  ].join(', ');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `  ${visibleLine(name).padEnd(width)}${visibleLine(value)}`);
}

function inputsInWords(inputs: readonly ModelInput[]): string {
  const labels = inputs.map((input) => input.label);
  const shown = labels.length > 6 ? [...labels.slice(0, 3), '…', ...labels.slice(-2)] : labels;
  const units = [...new Set(inputs.map((input) => input.unit).filter((unit) => unit !== ''))];
  return `${inputs.length}${units.length > 0 ? ` (${units.join(', ')})` : ''}: ${shown.join(' ')}`;
}

function rangeOf({ min, max, period }: ModelOutput, metadata: ModelMetadata): string {
  const source = rangesAreRandom(metadata) ? 'of random inputs' : 'in training';
  const domain = period ? `, periodic from ${digits(period[0], 4)} to ${digits(period[1], 4)}` : '';
  return `${digits(min, 4)} to ${digits(max, 4)} ${source}${domain}`;
}

/** What a training record usually holds; whatever is not there is left out. */
function trainingRows(training: unknown): (readonly [string, string])[] {
  if (typeof training !== 'object' || training === null) return [];
  const record = training as Record<string, unknown>;
  const settings = (record.settings ?? {}) as Record<string, unknown>;
  const rows: (readonly [string, unknown, string])[] = [
    [settings.rows === true ? 'rows' : 'frames', record.frames, ''],
    ['lag', settings.rows === true ? undefined : settings.lag, ' ps'],
    ['seed', settings.seed, ''],
    ['variance kept', record.fractionOfVarianceExplained, ''],
    ...timescaleRows(record),
    ['rates', record.rates, `/ps by ${String(record.ratesOf)} (of the latent, before its spread)`],
    ['data', record.fingerprint, ''],
    ['inputs chosen', chosenInputs(record.ranking), ''],
  ];
  return rows.flatMap(([name, value, unit]) => {
    const words = inWords(value);
    return words === undefined ? [] : [[name, words + unit] as const];
  });
}

/** Of the CVs as written; a file of before they were told has those of the latent before its spread. */
function timescaleRows({ slowness, timescales }: Partial<TrainingRecord>): [string, unknown, string][] {
  if (!slowness) return [['time scales', timescales, ' ps (of the latent, before its spread)']];
  return slowness.cvs.map((slow, i) => [
    i === 0 ? 'time scales' : '',
    `node-${i}: ${timescaleInWords(`node-${i}`, slow)}`,
    '',
  ]);
}

function inWords(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : digits(value, 4);
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number' || item === null)) {
    return value.map((item: number | null) => (item === null ? 'none seen' : digits(item, 4))).join(', ');
  }
  return undefined;
}

function usage(path: string, { descriptors, inputs, training, features }: ModelMetadata): string[] {
  const rows = features?.[0] === 'structures' ? 'structures/' : 'table.csv';
  if (recordOf(training).settings?.rows)
    return ['Of other rows:', `  latentcv predict ${quoteWord(path) ?? path} ${rows} -o predicted.csv`];
  const source = descriptors
    ? `ATOMS=${serialWords(descriptors.atoms)}`
    : `ARG=${inputs.map((input) => input.label).join(',')}`;
  return ['In a PLUMED input, after LOAD:', `  cv: ONNX_MODEL FILE=${quoteWord(path) ?? path} ${source}`];
}

/** `200 of 3000, by a first model`; undefined where none was trained. */
function chosenInputs(ranking: unknown): string | undefined {
  const { kept, inputs } = (ranking ?? {}) as Partial<InputRanking>;
  return kept === undefined || !inputs ? undefined : `${kept} of ${inputs.length}, by a first model`;
}
