import type { Column, Segment } from '../frames/index.js';
import { invalidArgument, LatentcvError, significant, expectObject } from '../support/index.js';
import { labelDensestHalf, type StateLabels, type Interval, type Numbers } from '../sampling/index.js';
import {
  statesByRules,
  unmet,
  type RuledStates,
  columnsIn,
  intervalRule,
  stateNames,
  type StateRule,
} from '../sampling/rules/index.js';

/** An interval of one column. */
export interface ColumnInterval {
  column: string;
  interval: Interval;
}

/** A state by an interval of one column; where it has no name, its place gives it one: A, B, … */
export interface StateDefinition extends ColumnInterval {
  name?: string;
}

/** A state by an interval, or by a rule. */
export type GivenState = StateDefinition | StateRule;

/** Core sets on one column, one for each state, in their order. */
export interface ColumnCores {
  column: string;
  sets: readonly Interval[];
}

/** What is asked of a run beside its free energies. */
export interface RunQuestion {
  /** States whose free energies are compared. Of one alone, called B, the other, A, is all the rest. */
  basins?: readonly GivenState[];
  /** The state that comes first, where it is not all the rest. */
  basinA?: GivenState;
  /**
   * Their cores, between which transitions are counted, by the names of the states or in their order; default: where each
   * basin is densest (`labelDensestHalf`).
   */
  cores?: ColumnCores | readonly GivenState[];
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
  /** Where a frame comes from, for messages. */
  place?: (frame: number) => string;
}

/** Columns that a question is about. */
export function columnsAsked({ basins = [], basinA, cores }: RunQuestion): string[] {
  const rules = [...basins, ...(basinA ? [basinA] : [])].map(stateRule);
  const all = [...rules, ...(cores ? coreRules(cores) : [])];
  return [...new Set(all.flatMap(({ condition }) => columnsIn(condition)))];
}

/**
 * A state as a rule.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function stateRule(given: GivenState): StateRule {
  expectObject(given, 'state', 'a state by an interval or a rule');
  return 'condition' in given ? given : intervalRule(given.column, given.interval, given.name);
}

function coreRules(cores: NonNullable<RunQuestion['cores']>): StateRule[] {
  if (!('sets' in cores)) return cores.map(stateRule);
  return cores.sets.map((interval) => intervalRule(cores.column, interval));
}

/**
 * Labels frames by the states that a question names; undefined where it names none.
 * @throws LatentcvError `bad-argument` where basins overlap, cores are not as many as states, or a range lies beyond its
 * column's domain
 */
export function runStates(run: StatesFrames, question: RunQuestion): RunStates | undefined {
  expectObject(run, 'run', 'frames of a run');
  expectObject(question, 'question');
  const definitions = definitionsOf(question);
  if (definitions.length === 0) return undefined;
  const withRest = definitions.length === 1;
  const called = withRest ? [definitions[0].name ?? 'B'] : stateNames(definitions);
  const rules = definitions.map((rule, i) => ({ ...rule, name: called[i] }));
  const names = withRest ? ['A', ...called] : called;
  expectDistinct(names);
  const { labels, counts, twice } = statesByRules(run, rules, 'basin');
  if (twice) throw overlapping(twice, names, run, 'basins');
  if (withRest)
    for (let frame = 0; frame < labels.length; frame++) labels[frame] = labels[frame] === 1 ? 2 : 1;
  const columns = rules.map(({ condition }) => columnsIn(condition));
  const found = question.cores
    ? givenCores(run, coreRules(question.cores), names)
    : densestCores(run, labels, names, withRest ? [columns[0], columns[0]] : columns);
  const notes = [...neverMet(run, rules, counts, 'basin'), ...found.notes];
  return { names, states: labels, ...found, notes };
}

function definitionsOf({ basins = [], basinA }: RunQuestion): StateRule[] {
  if (basinA && basins.length === 0) throw invalidArgument('basin B', '‘basin’, where A is given', 'none');
  const first = basinA && stateRule(basinA);
  return [...(first ? [{ ...first, name: first.name ?? 'A' }] : []), ...basins.map(stateRule)];
}

function expectDistinct(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw invalidArgument('a name of its own for each basin', '‘basin’', twice);
}

function overlapping(
  { frames, first, states }: NonNullable<RuledStates['twice']>,
  names: readonly string[],
  { place = (frame) => `frame ${frame}` }: StatesFrames,
  what: string,
): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected ${what} that do not overlap but ${frames} frames lie in more than one of ${names.join(', ')}; ` +
      `the first, ${place(first)}, in ${states.join(' and ')}`,
  );
}

function givenCores(
  run: StatesFrames,
  given: readonly StateRule[],
  names: readonly string[],
): Omit<RunStates, 'names' | 'states'> {
  const rules = inOrder(given, names);
  const { labels, counts, twice } = statesByRules(run, rules, 'core');
  if (twice) throw overlapping(twice, names, run, 'cores');
  return { cores: labels, notes: neverMet(run, rules, counts, 'core'), doubts: [] };
}

/** What is told of states that no frame is in. */
function neverMet(
  run: StatesFrames,
  rules: readonly (StateRule & { name: string })[],
  counts: readonly number[],
  what: string,
): string[] {
  const empty = rules.filter((_, i) => counts[i] === 0);
  return empty.map((rule) => {
    const { message, hint } = unmet(run, rule, `${what} ${rule.name}`);
    return hint === undefined ? message : `${message}; ${hint}`;
  });
}

/** A core for each state: by its name where cores have names, else by its place. */
function inOrder(cores: readonly StateRule[], names: readonly string[]): (StateRule & { name: string })[] {
  if (cores.length !== names.length)
    throw new LatentcvError(
      'bad-argument',
      `expected a core for each of ${names.join(', ')} but received ${cores.length}: ${cores.map(({ text }) => text).join('; ')}`,
    );
  const named = cores.filter(({ name }) => name !== undefined);
  if (named.length === 0) return cores.map((core, i) => ({ ...core, name: names[i] }));
  return names.map((name) => {
    const core = cores.find((each) => each.name === name);
    if (core) return { ...core, name };
    throw new LatentcvError(
      'bad-argument',
      `expected a core of ${name}, one for each of ${names.join(', ')}, but received ${cores.map((each) => each.name ?? each.text).join(', ')}`,
      'cores are called as the states are, or stand in their order without names',
    );
  });
}

/** What of a basin's weight a core holds where none is given. */
const corePart = 0.5;

interface Core {
  name: string;
  column: string;
  extent: readonly [number, number];
  densest: 'lower' | 'upper' | 'inside';
}

/**
 * Of a state of several columns, the core is where it is dense along each of them: of k columns, 0.5^(1/k) of its weight
 * along each, which is half of it where they are independent.
 */
function densestCores(
  run: StatesFrames,
  states: StateLabels,
  names: readonly string[],
  columns: readonly (readonly string[])[],
): Omit<RunStates, 'names' | 'states'> {
  const cores = new Uint8Array(run.frames);
  const found = names.flatMap((name, i) =>
    densestCore(run, { states, cores }, { name, label: i + 1 }, columns[i]),
  );
  const words = names.flatMap((name) => {
    const along = found.filter((core) => core.name === name);
    const ranges = along.map(
      ({ column, extent }) => `${column} = ${extent.map((end) => significant(end, 3)).join('..')}`,
    );
    return along.length > 0 ? [`${name} within ${ranges.join(' and ')}`] : [];
  });
  // at a hard wall of the coordinate a basin may well be densest; at a border to another it has no minimum
  const bare = found.filter(
    ({ column, densest, extent }) =>
      (densest === 'lower' && framesBeyond(run, column, (value) => value < extent[0])) ||
      (densest === 'upper' && framesBeyond(run, column, (value) => value > extent[1])),
  );
  return {
    cores,
    notes: [`cores, where each basin's densest half lies (‘cores’ names others): ${words.join('; ')}`],
    doubts: bare.map(
      ({ name, column }) =>
        `basin ${name} is densest at its border along ${column}: it has no minimum of its own there, so that transitions mean little`,
    ),
  };
}

function densestCore(
  run: StatesFrames,
  { states, cores }: { states: StateLabels; cores: StateLabels },
  { name, label }: { name: string; label: number },
  columns: readonly string[],
): Core[] {
  const part = corePart ** (1 / columns.length);
  const dense = new Uint8Array(run.frames);
  const found = columns.flatMap((column, i) => {
    const along = new Uint8Array(run.frames);
    const { weights, ranges } = run;
    const core = labelDensestHalf(along, states, label, {
      values: run.values(column),
      weights,
      ranges,
      part,
    });
    for (let frame = 0; frame < run.frames; frame++)
      if (along[frame] === label && dense[frame] === i) dense[frame]++;
    return core ? [{ name, column, ...core }] : [];
  });
  for (let frame = 0; frame < run.frames; frame++) if (dense[frame] === columns.length) cores[frame] = label;
  return found;
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
