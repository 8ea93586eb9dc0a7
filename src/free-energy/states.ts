import type { Column, Segment } from '../frames/index.js';
import { invalidArgument, LatentcvError } from '../support/errors.js';
import { labelDensestHalf, labelFrames, type ColumnSet, type StateLabels } from '../sampling/cores.js';
import type { Interval } from '../sampling/intervals.js';
import type { Numbers } from '../sampling/numbers.js';
import { expectInDomain, unvisited } from '../sampling/sampled-intervals.js';

/** An interval of one column. */
export interface ColumnInterval {
  column: string;
  interval: Interval;
}

/** A state by an interval of one column; where it has no name, its place gives it one: A, B, … */
export interface StateDefinition extends ColumnInterval {
  name?: string;
}

/** Core sets on one column, one for each state, in their order. */
export interface ColumnCores {
  column: string;
  sets: readonly Interval[];
}

/** What is asked of a run beside its free energies. */
export interface RunQuestion {
  /** States whose free energies are compared. Of one alone, called B, the other, A, is all the rest. */
  basins?: readonly StateDefinition[];
  /** The state that comes first, where it is not all the rest. */
  basinA?: StateDefinition;
  /** Their cores, between which transitions are counted; default: where each basin is densest (`labelDensestHalf`). */
  cores?: ColumnCores;
  /** Between two looks at the run for transitions, ps; default: every frame. */
  every?: number;
  /** Blocks for the error of ΔF; default: by the scan. */
  blocks?: number;
}

/** Frames by state and by core. */
export interface RunStates {
  /** Names, in the order of their labels, which count from 1. */
  names: readonly string[];
  states: StateLabels;
  cores: StateLabels;
  /** How the cores were found where they were not given, and cores that no frame visits; a sentence each. */
  notes: string[];
  /** What speaks against the states as they were given: basins without a minimum of their own. */
  doubts: string[];
}

/** The frames of a run as far as states need them. */
export interface StatesFrames {
  frames: number;
  column: (label: string) => Column;
  values: (column: string) => Numbers;
  weights: Numbers;
  ranges: readonly Segment[];
}

/** Columns that a question is about. */
export function columnsAsked({ basins = [], basinA, cores }: RunQuestion): string[] {
  return [...basins, ...(basinA ? [basinA] : []), ...(cores ? [cores] : [])].map(({ column }) => column);
}

/**
 * Labels frames by the states that a question names; undefined where it names none.
 * @throws LatentcvError `bad-argument` where basins overlap, cores are not as many as states, or no frame visits a core
 */
export function runStates(run: StatesFrames, question: RunQuestion): RunStates | undefined {
  const definitions = definitionsOf(question);
  if (definitions.length === 0) return undefined;
  const withRest = definitions.length === 1;
  const names = withRest ? ['A', definitions[0].name ?? 'B'] : definitions.map(nameOf);
  expectDistinct(names);
  definitions.forEach(({ column, interval }, i) =>
    expectInDomain({
      what: `basin ${names.at(i - definitions.length)}`,
      column: run.column(column),
      interval,
    }),
  );
  const sets = definitions.map(({ column, interval }): ColumnSet => ({
    values: run.values(column),
    interval,
  }));
  const { labels, twice } = labelFrames(run.frames, sets);
  if (twice > 0) throw overlapping(twice, names);
  if (withRest)
    for (let frame = 0; frame < labels.length; frame++) labels[frame] = labels[frame] === 1 ? 2 : 1;
  const columns = withRest
    ? [definitions[0].column, definitions[0].column]
    : definitions.map((d) => d.column);
  return question.cores
    ? { names, states: labels, ...givenCores(run, question.cores, names) }
    : { names, states: labels, ...densestCores(run, labels, names, columns) };
}

function definitionsOf({ basins = [], basinA }: RunQuestion): readonly StateDefinition[] {
  if (basinA && basins.length === 0) throw invalidArgument('basin B', '--basin, where A is given', 'none');
  const second = basins.map((basin, i) =>
    basins.length === 1 && basinA && basin.name === undefined ? { ...basin, name: 'B' } : basins[i],
  );
  return basinA ? [{ ...basinA, name: basinA.name ?? 'A' }, ...second] : basins;
}

function nameOf({ name }: StateDefinition, place: number): string {
  return name ?? String.fromCharCode('A'.charCodeAt(0) + place);
}

function expectDistinct(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw invalidArgument('a name of its own for each basin', '--basin', twice);
}

function overlapping(frames: number, names: readonly string[]): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected basins that do not overlap but ${frames} frames lie in more than one of ${names.join(', ')}`,
  );
}

function givenCores(
  run: StatesFrames,
  { column, sets }: ColumnCores,
  names: readonly string[],
): Omit<RunStates, 'names' | 'states'> {
  if (sets.length !== names.length) {
    throw new LatentcvError(
      'bad-argument',
      `expected a core for each of ${names.join(', ')} but received ${sets.length} intervals`,
    );
  }
  const values = run.values(column);
  const named = sets.map((interval, i) => ({
    what: `core ${names[i]}`,
    column: run.column(column),
    interval,
  }));
  named.forEach(expectInDomain);
  const { labels } = labelFrames(
    run.frames,
    sets.map((interval) => ({ values, interval })),
  );
  return { cores: labels, notes: named.flatMap((core) => unvisited(core, values) ?? []), doubts: [] };
}

function densestCores(
  run: StatesFrames,
  states: StateLabels,
  names: readonly string[],
  columns: readonly string[],
): Omit<RunStates, 'names' | 'states'> {
  const cores = new Uint8Array(run.frames);
  const { weights, ranges } = run;
  const found = names.flatMap((name, i) => {
    const core = labelDensestHalf(cores, states, i + 1, { values: run.values(columns[i]), weights, ranges });
    return core ? [{ name, column: columns[i], ...core }] : [];
  });
  const words = found.map(
    ({ name, column, extent }) =>
      `${name} within ${column} = ${extent.map((end) => end.toPrecision(3)).join('..')}`,
  );
  // at a hard wall of the coordinate a basin may well be densest; at a border to another it has no minimum
  const bare = found.filter(
    ({ column, densest, extent }) =>
      (densest === 'lower' && framesBeyond(run, column, (value) => value < extent[0])) ||
      (densest === 'upper' && framesBeyond(run, column, (value) => value > extent[1])),
  );
  return {
    cores,
    notes: [`cores, where each basin's densest half lies (--cores names others): ${words.join('; ')}`],
    doubts: bare.map(
      ({ name, column }) =>
        `basin ${name} is densest at its border along ${column}: it has no minimum of its own there, so that transitions mean little`,
    ),
  };
}

function framesBeyond(
  { values, ranges }: StatesFrames,
  column: string,
  beyond: (value: number) => boolean,
): boolean {
  const all = values(column);
  for (const { start, end } of ranges) for (let i = start; i < end; i++) if (beyond(all[i])) return true;
  return false;
}
