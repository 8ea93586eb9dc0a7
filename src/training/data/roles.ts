import { columnValues, type Dataset } from '../../frames/index.js';
import type { WeightScale } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import { idleColumns, type IdleColumn } from './idle-columns.js';
import { frameWeights } from './frame-weights.js';
import { named } from './named-columns.js';
import { labelRules, ruledLabels } from './ruled-labels.js';
import type { TrainSettings } from '../options.js';

/** Which columns of a table are learned from, and what the others say of each frame. */
export interface Roles {
  /** The columns that go into the network. */
  inputs: Dataset;
  /** Statistical weight of each frame, mean 1; absent where all weigh alike. */
  weights?: Float64Array;
  /** ln of the mean of exp(bias/kT): how much longer the unbiased system would have taken. Only with a bias. */
  logAcceleration?: number;
  /** Where weights are a column, its mean over all frames. */
  weightMean?: number;
  /** Where they are of a bias, the scales of the runs: see `weightScales`. */
  scales?: ReadonlyMap<string, WeightScale>;
  /** Columns that tell nothing, and why they were left out. */
  leftOut: IdleColumn[];
  labels?: StateLabels;
  properties?: Properties;
}

/** States that are known beforehand. */
export interface StateLabels {
  names: string[];
  /** Index into `names` for each frame, −1 where the frame belongs to none. */
  state: Int32Array;
}

/** Measured properties, row-major `[frames, names]`. */
export interface Properties {
  names: string[];
  data: Float64Array;
}

export type RoleSettings = Pick<
  TrainSettings,
  'weights' | 'bias' | 'temperature' | 'temperatures' | 'replicas' | 'labels' | 'properties'
>;

/**
 * Takes a table apart by the settings that name columns. With `like`, the roles of a table that this one is another
 * part of, states, scales and inputs are the same as there.
 * @throws LatentcvError `bad-data` where a named column is missing or holds what it should not.
 */
export function splitRoles(
  dataset: Dataset,
  settings: RoleSettings,
  like?: Partial<Pick<Roles, 'scales' | 'weightMean' | 'leftOut' | 'labels'>>,
): Roles {
  const weights = frameWeights(dataset, settings, like);
  const labels = stateLabels(dataset, settings, like?.labels?.names);
  const properties = settings.properties.length > 0 ? propertyTable(dataset, settings.properties) : undefined;
  const taken = new Set([
    ...[settings.weights, settings.labels].filter((name) => name !== undefined),
    ...dataset.columns.flatMap(({ label, aside }) => (aside ? [label] : [])),
    ...named(dataset, settings.bias),
    ...(properties?.names ?? []),
  ]);
  const given = without(dataset, taken);
  const leftOut = like?.leftOut ?? tellNothing(given);
  return {
    inputs: without(given, new Set(leftOut.map(({ label }) => label))),
    leftOut,
    ...weights,
    labels,
    properties,
  };
}

function without(dataset: Dataset, taken: ReadonlySet<string>): Dataset {
  const kept = dataset.columns.flatMap(({ label }, i) => (taken.has(label) ? [] : [i]));
  if (kept.length === dataset.columns.length) return dataset;
  if (kept.length === 0) throw new LatentcvError('bad-data', 'expected columns to learn from but found none');
  const data = new Float64Array(dataset.frames * kept.length);
  const { length } = dataset.columns;
  for (let frame = 0; frame < dataset.frames; frame++)
    kept.forEach((column, i) => (data[frame * kept.length + i] = dataset.data[frame * length + column]));
  return { ...dataset, columns: kept.map((i) => dataset.columns[i]), data };
}

/** What is left out of what is learned from; never all of it. */
function tellNothing(dataset: Dataset): IdleColumn[] {
  const idle = idleColumns(dataset);
  if (idle.length < dataset.columns.length) return idle;
  throw new LatentcvError(
    'bad-data',
    'expected descriptors that vary but every column is constant',
    'choose other columns, or look whether the frames are of one structure',
  );
}

/**
 * `source`: each file is a state; rules: what a frame meets; else a column of whole numbers, negative or NaN where a frame
 * is of no state.
 */
function stateLabels(dataset: Dataset, { labels }: RoleSettings, names?: string[]): StateLabels | undefined {
  if (labels === undefined) return undefined;
  const rules = labelRules(labels);
  if (rules) return ruledLabels(dataset, rules);
  const isColumn = dataset.columns.some(({ label }) => label === labels);
  return !isColumn && labels === 'source' ? bySource(dataset, names) : byColumn(dataset, labels, names);
}

function bySource({ segments, frames }: Dataset, given?: string[]): StateLabels {
  const names = given ?? [...new Set(segments.map(({ source }) => source))];
  const state = new Int32Array(frames);
  for (const { start, end, source } of segments) state.fill(names.indexOf(source), start, end);
  return { names, state };
}

function byColumn(dataset: Dataset, column: string, given?: string[]): StateLabels {
  const [name] = named(dataset, [column]);
  const values = columnValues(dataset, name);
  const different = new Set(values);
  const known = [...different].filter((value) => value >= 0).sort((a, b) => a - b);
  const odd = [...different].find((value) => Number.isFinite(value) && !Number.isInteger(value));
  if (odd !== undefined) {
    throw new LatentcvError(
      'bad-data',
      `expected whole numbers for the states in ${name} but received ${odd}`,
      'states are whole numbers, such as 0 and 1; a frame of no state has a negative one or NaN',
    );
  }
  const names = given ?? known.map(String);
  const index = new Map(names.map((name, i) => [Number(name), i] as const));
  return { names, state: Int32Array.from(values, (value) => index.get(value) ?? -1) };
}

function propertyTable(dataset: Dataset, patterns: readonly string[]): Properties {
  const names = named(dataset, patterns);
  const columns = names.map((name) => columnValues(dataset, name));
  const data = new Float64Array(dataset.frames * names.length);
  columns.forEach((values, i) =>
    values.forEach((value, frame) => {
      if (!Number.isFinite(value))
        throw new LatentcvError(
          'bad-data',
          `expected finite numbers but received ${value} in ${names[i]}, frame ${frame}`,
        );
      data[frame * names.length + i] = value;
    }),
  );
  return { names, data };
}
