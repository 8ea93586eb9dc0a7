import { columnValues, dropColumns, type Dataset, expectDataset } from '../../frames/index.js';
import { LatentcvError, expectList, expectObject } from '../../support/index.js';
import { idleColumns } from './idle-columns.js';
import { frameWeights } from './frame-weights.js';
import { named } from './named-columns.js';
import { ruledLabels } from './ruled-labels.js';
import { labelRules } from '../label-rules.js';
import type { IdleColumn, Properties, Roles, LabelledStates } from '../learnable.js';
import type { TrainSettings } from '../options.js';

export type RoleSettings = Pick<
  TrainSettings,
  | 'weights'
  | 'pairsFrom'
  | 'bias'
  | 'temperature'
  | 'temperatures'
  | 'replicas'
  | 'labels'
  | 'properties'
  | 'identifiers'
  | 'group'
>;

/**
 * Takes a table apart by the settings that name columns. With `like`, the roles of a table that this one is another
 * part of, states, scales and inputs are the same as there.
 * @throws LatentcvError `bad-data` where a named column is missing or holds what it should not.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function splitRoles(
  dataset: Dataset,
  settings: RoleSettings,
  like?: Partial<Pick<Roles, 'scales' | 'weightMean' | 'ownDynamics' | 'leftOut' | 'labels'>>,
): Roles {
  expectDataset(dataset);
  expectObject(settings, 'settings');
  expectList(settings.bias, 'settings.bias');
  expectList(settings.properties, 'settings.properties');
  const weights = frameWeights(dataset, settings, like);
  const labels = stateLabels(dataset, settings, like?.labels?.names);
  const properties = settings.properties.length > 0 ? propertyTable(dataset, settings) : undefined;
  const aside = otherRoles(dataset, settings);
  const leftOut = like?.leftOut ?? tellNothing(dataset, aside);
  return {
    table: dataset,
    inputs: without(dataset, new Set([...aside, ...leftOut.map(({ label }) => label)])),
    leftOut,
    ...weights,
    labels,
    properties,
    ...(settings.group !== undefined && { groups: groupsOf(dataset, settings.group) }),
  };
}

/** The group of each row, by the values of a column, in the order in which they come. */
function groupsOf(dataset: Dataset, column: string): Int32Array {
  const places = new Map<number, number>();
  return Int32Array.from(columnValues(dataset, named(dataset, [column])[0]), (value) => {
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
}

/** The columns that settings name, and those that are set aside: nothing is learned from them. */
export function otherRoles(
  dataset: Dataset,
  {
    weights,
    labels,
    bias,
    properties,
    group,
    identifiers = [],
  }: Pick<RoleSettings, 'weights' | 'labels' | 'bias' | 'properties' | 'group' | 'identifiers'>,
): Set<string> {
  return new Set([
    ...[weights, labels, group].filter((name) => name !== undefined),
    ...identifiers,
    ...dataset.columns.flatMap(({ label, aside }) => (aside ? [label] : [])),
    ...named(dataset, [...bias, ...properties]),
  ]);
}

function without(dataset: Dataset, labels: ReadonlySet<string>): Dataset {
  const places = [...dataset.columns.keys()].filter((i) => labels.has(dataset.columns[i].label));
  return places.length === 0 ? dataset : dropColumns(dataset, places);
}

/** What is left out of what is learned from; never all of it. */
function tellNothing(dataset: Dataset, aside: ReadonlySet<string>): IdleColumn[] {
  const given = [...dataset.columns.keys()].filter((i) => !aside.has(dataset.columns[i].label));
  if (given.length === 0)
    throw new LatentcvError('bad-data', 'expected columns to learn from but found none');
  const idle = idleColumns(dataset, given);
  if (idle.length < given.length) return idle;
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
function stateLabels(
  dataset: Dataset,
  { labels }: RoleSettings,
  names?: string[],
): LabelledStates | undefined {
  if (labels === undefined) return undefined;
  const rules = labelRules(labels);
  if (rules) return ruledLabels(dataset, rules);
  const isColumn = dataset.columns.some(({ label }) => label === labels);
  return !isColumn && labels === 'source' ? bySource(dataset, names) : byColumn(dataset, labels, names);
}

function bySource({ segments, frames }: Dataset, given?: string[]): LabelledStates {
  const names = given ?? [...new Set(segments.map(({ source }) => source))];
  const state = new Int32Array(frames);
  for (const { start, end, source } of segments) state.fill(names.indexOf(source), start, end);
  return { names, state };
}

function byColumn(dataset: Dataset, column: string, given?: string[]): LabelledStates {
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

/** Of rows a property may be missing, but not all of them. */
function propertyTable(
  dataset: Dataset,
  { properties: patterns }: Pick<RoleSettings, 'properties'>,
): Properties {
  const names = named(dataset, patterns);
  const columns = names.map((name) => columnValues(dataset, name));
  const data = new Float64Array(dataset.frames * names.length);
  columns.forEach((values, i) =>
    values.forEach((value, frame) => {
      if (!Number.isFinite(value) && !(dataset.rows && Number.isNaN(value)))
        throw new LatentcvError(
          'bad-data',
          `expected finite numbers but received ${value} in ${names[i]}, ${dataset.rows ? 'row' : 'frame'} ${frame}`,
        );
      data[frame * names.length + i] = value;
    }),
  );
  return { names, data };
}
