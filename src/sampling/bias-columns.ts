import { selectColumns } from '../frames/index.js';
import { invalidArgument, LatentcvError, expectList } from '../support/index.js';
import { biasKind, isBuiltUp, weighs, type BiasKind } from './bias-actions.js';

/** Columns of a table by what they say of the bias. */
export interface BiasColumns {
  /** Summed, they are the bias that frames are weighed by. */
  weigh: string[];
  /** Walls and funnels: they bound the ensemble, which is left as they made it. */
  bound: string[];
  /** What was taken and how it is known, one sentence each. */
  notes: string[];
  /** All that weighs is known, by its actions, to have been built as the runs went: however still it is, it is no window's. */
  builtUp?: boolean;
}

export interface BiasChoice {
  /** Columns or patterns asked for; `['none']` for a run without a bias, `['all']` for the sum of every bias. */
  asked?: readonly string[];
  /** Action of each bias by its label, from the PLUMED input that printed the table. */
  actions?: ReadonlyMap<string, string>;
  /** Where the actions are known from: a file's name. */
  known?: string;
  /** The run was pesmd's, where a potential of PLUMED is the surface itself. */
  onSurface?: boolean;
  /** A table without a bias is an answer too, for what may weigh frames but need not. */
  optional?: boolean;
}

/**
 * Which of a table's columns weigh its frames: by the actions of its PLUMED input where they are given, else by names.
 * An action's `rbias` stands in place of its `bias`.
 * @throws LatentcvError `bad-argument` where that cannot be told, `bad-data` where an asked column is not there, or
 * one is missing that the input says weighs
 */
export function biasColumns(labels: readonly string[], choice: BiasChoice = {}): BiasColumns {
  expectList(labels, 'labels');
  if (choice.asked) expectList(choice.asked, '‘bias’');
  const { asked } = choice;
  const word = asked?.find((name) => name === 'none' || name === 'all');
  if (word !== undefined && asked!.length > 1)
    throw invalidArgument(`${word} alone, or columns`, '‘bias’', asked!.join(','));
  const outputs = labels.filter((label) => /\.r?bias$/.test(label));
  if (asked?.includes('none')) return { weigh: [], bound: [], notes: ['no bias: all frames weigh alike'] };
  if (asked?.includes('all')) return everything(outputs, choice);
  return asked ? named(labels, asked, choice) : found(outputs, choice);
}

/** A table by its columns, with what its run noted of its biases. */
export interface LabelledTable {
  path: string;
  labels: readonly string[];
  choice?: Pick<BiasChoice, 'actions' | 'known' | 'onSurface'>;
}

/** Columns that weigh the frames of several tables. */
export interface CommonBiasColumns extends BiasColumns {
  /** Paths of tables whose runs noted that nothing in them weighs: a surface, or walls. */
  without: string[];
}

/**
 * The columns that weigh the frames of several tables, which must be the same in all where anything weighs: a bias that one of them
 * has besides would be left out of its weights. Errors tell which table they are about.
 * @throws LatentcvError as `biasColumns`, or `bad-data` where tables differ
 */
export function sameBiasColumns(
  tables: readonly LabelledTable[],
  choose: (labels: readonly string[], choice?: LabelledTable['choice']) => BiasColumns,
): CommonBiasColumns {
  const [first, ...others] = tables.length > 0 ? tables : [{ path: 'the table', labels: [] }];
  let chosen = { path: first.path, columns: choose(first.labels, first.choice) };
  const builtUp = ({ weigh, builtUp: so }: BiasColumns): boolean => weigh.length === 0 || so === true;
  let allBuiltUp = builtUp(chosen.columns);
  const without = isKnownNone(first, chosen.columns) ? [first.path] : [];
  for (const table of others) {
    const { path, labels } = table;
    // who reads a table that lacks one of the columns says so
    if (!table.choice?.actions && chosen.columns.weigh.some((column) => !labels.includes(column))) continue;
    const columns = choiceOf(table, choose);
    allBuiltUp &&= builtUp(columns);
    const none = isKnownNone(table, columns);
    if (none) without.push(path);
    else if (without.includes(chosen.path)) chosen = { path, columns };
    else if (!sameColumns(columns.weigh, chosen.columns.weigh)) throw differing(chosen, { path, columns });
  }
  const { builtUp: own, ...columns } = chosen.columns;
  return {
    ...columns,
    ...(own && allBuiltUp && { builtUp: own }),
    without: columns.weigh.length > 0 ? without : [],
  };
}

const isKnownNone = ({ choice }: LabelledTable, { weigh }: BiasColumns): boolean =>
  choice?.actions !== undefined && weigh.length === 0;

const sameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join() === [...other].sort().join();

interface ChosenColumns {
  path: string;
  columns: BiasColumns;
}

function differing(one: ChosenColumns, other: ChosenColumns): LatentcvError {
  const words = ({ columns: { weigh } }: ChosenColumns): string =>
    weigh.length > 0 ? weigh.join(' + ') : 'no bias';
  return new LatentcvError(
    'bad-data',
    `expected frames that weigh by the same columns, but ${one.path} has ${words(one)} and ${other.path} ${words(other)}`,
    'analyse the runs one by one, or name the columns that weigh all of them with ‘bias’; a file that was run without a bias is named with ‘unbiased’',
  );
}

function choiceOf(
  { path, labels, choice }: LabelledTable,
  choose: Parameters<typeof sameBiasColumns>[1],
): BiasColumns {
  try {
    return choose(labels, choice);
  } catch (error) {
    if (!(error instanceof LatentcvError)) throw error;
    throw new LatentcvError(error.code, `${path}: ${error.message}`, error.hint);
  }
}

/** What weighs where nothing is asked for. */
function found(outputs: readonly string[], choice: BiasChoice): BiasColumns {
  const { actions, optional } = choice;
  const of = byKind(withoutReplaced(outputs), choice);
  refuseDriven(of('drive'));
  refuseUnprinted(outputs, choice);
  const [weigh, bound, unknown, surface] = [of('weigh'), of('bound'), of('unknown'), of('surface')];
  const only = unknown.length === 1 && weigh.length === 0 && !actions?.has(labelOf(unknown[0]));
  if (unknown.length > 0 && !only) throw unclear([...weigh, ...unknown], unknown, bound);
  const taken = only ? unknown : weigh;
  if (taken.length === 0 && !actions && !optional) throw noBias('the table', surface);
  const builtUp = taken.length > 0 && taken.every((column) => isBuiltUp(actions?.get(labelOf(column)) ?? ''));
  return {
    ...{ weigh: taken, bound, notes: [...takenNotes(taken, only, choice), ...surfaceNotes(surface)] },
    ...(builtUp && { builtUp }),
  };
}

function byKind(
  columns: readonly string[],
  { actions, onSurface }: BiasChoice,
): (kind: BiasKind) => string[] {
  const kinds = columns.map((column) => {
    const label = labelOf(column);
    return biasKind(label, actions?.get(label), onSurface);
  });
  return (kind) => columns.filter((_, i) => kinds[i] === kind);
}

function takenNotes(weigh: readonly string[], only: boolean, choice: BiasChoice): string[] {
  const { actions, known = 'its PLUMED input' } = choice;
  if (weigh.length === 0) return [`no bias weighs the frames${actions ? `, as ${known} says` : ''}`];
  const words = weigh.map((column) => {
    const action = actions?.get(labelOf(column));
    return action === undefined ? column : `${column} (${action})`;
  });
  const isNoted = weigh.some((column) => actions?.has(labelOf(column)));
  const how = isNoted ? `as ${known} says` : only ? 'the only bias there is' : 'by name';
  return [`bias: ${words.join(' + ')}, ${how}`, ...noisierNotes(weigh, actions)];
}

/** c(t) differs from frame to frame but not from place to place. */
function noisierNotes(weigh: readonly string[], actions?: ReadonlyMap<string, string>): string[] {
  const plain = weigh.find((column) => isMetad(column, actions) && column.endsWith('.bias'));
  if (plain === undefined) return [];
  return [
    `${plain} still has c(t) in it: right in the long run, but noisier than rbias, which METAD prints with CALC_RCT`,
  ];
}

function surfaceNotes(surface: readonly string[]): string[] {
  if (surface.length === 0) return [];
  return [`${surface.join(', ')} is taken for the potential itself and does not weigh (‘bias’ names it)`];
}

function isMetad(column: string, actions?: ReadonlyMap<string, string>): boolean {
  const action = actions?.get(labelOf(column));
  if (action !== undefined) return action === 'METAD';
  return /metad|mtd/i.test(labelOf(column)) && !/opes|pb/i.test(labelOf(column));
}

/** Every bias there is, walls too, as the field's scripts do. */
function everything(outputs: readonly string[], choice: BiasChoice): BiasColumns {
  const all = withoutReplaced(outputs);
  const of = byKind(all, choice);
  refuseDriven(of('drive'));
  refuseUnprinted(outputs, choice);
  const weigh = all.filter((column) => !of('surface').includes(column));
  if (weigh.length === 0) throw noBias('the table', of('surface'));
  const notes = [`bias: ${weigh.join(' + ')}, all that there are, walls too`];
  return { weigh, bound: [], notes: [...notes, ...surfaceNotes(of('surface'))] };
}

/** The columns that were named, whatever they are. */
function named(labels: readonly string[], asked: readonly string[], choice: BiasChoice): BiasColumns {
  const weigh = [...new Set(asked.flatMap((name) => expectColumns(labels, name)))];
  const twice = weigh.find(
    (column) => column.endsWith('.bias') && weigh.includes(`${labelOf(column)}.rbias`),
  );
  if (twice !== undefined)
    throw new LatentcvError(
      'bad-argument',
      `expected one of ${twice} and ${labelOf(twice)}.rbias for the bias, which differ by c(t) alone, but received both`,
    );
  const of = byKind(weigh, choice);
  const moving = of('drive');
  const bound = byKind(
    labels.filter((label) => /\.bias$/.test(label) && !weigh.includes(label)),
    choice,
  )('bound');
  return {
    weigh,
    bound,
    notes: [
      `bias: ${weigh.join(' + ')}, as named`,
      ...noisierNotes(weigh, choice.actions),
      ...(moving.length > 0
        ? [
            `${moving.join(', ')} moves with time: frames weighed by it are of no equilibrium unless it stands still`,
          ]
        : []),
    ],
  };
}

/** Every column but a `bias` whose action has an `rbias`. */
function withoutReplaced(outputs: readonly string[]): string[] {
  return outputs.filter(
    (column) => column.endsWith('.rbias') || !outputs.includes(`${labelOf(column)}.rbias`),
  );
}

const labelOf = (column: string): string => column.slice(0, column.lastIndexOf('.'));

function expectColumns(labels: readonly string[], asked: string): string[] {
  if (labels.includes(asked)) return [asked];
  const fits = /[*?]/.test(asked) && labels.length > 0;
  try {
    if (fits) return selectColumns(labels, 'the table', [asked]);
  } catch {
    // told below, with the biases there are
  }
  const there = labels.filter(
    (label) => /\.r?bias$/.test(label) && biasKind(labelOf(label), undefined) !== 'surface',
  );
  throw new LatentcvError(
    'bad-argument',
    `expected a column ${asked} for the bias but found ${there.length > 0 ? there.join(', ') : 'no *.bias'}`,
    'a file that was run without a bias is named with ‘unbiased’',
  );
}

function refuseDriven(driven: readonly string[]): void {
  if (driven.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `${driven.join(', ')} moves with time, so its frames are of no equilibrium and exp(bias/kT) does not weigh them`,
    'name the columns that weigh with ‘bias’, or say ‘bias: none’; what a steered run is good for are the frames that umbrella windows start from: latentcv plumed --bias umbrella --frames',
  );
}

/** A bias that acted but was not printed cannot be weighed by. */
function refuseUnprinted(
  outputs: readonly string[],
  { actions, known = 'its PLUMED input', onSurface }: BiasChoice,
): void {
  const lacking = [...(actions ?? [])].find(
    ([label, action]) =>
      weighs(action) &&
      biasKind(label, action, onSurface) === 'weigh' &&
      !outputs.some((column) => labelOf(column) === label),
  );
  if (!lacking) return;
  const [label, action] = lacking;
  throw new LatentcvError(
    'bad-data',
    `expected a column ${label}.bias, since ${action} acted in ${known}, but found ${outputs.join(', ') || 'no *.bias'}`,
    `print ${label}.bias with the frames, or name the columns that weigh with ‘bias’`,
  );
}

function unclear(
  all: readonly string[],
  unknown: readonly string[],
  bound: readonly string[],
): LatentcvError {
  return new LatentcvError(
    'bad-argument',
    `expected to know which of ${[...all, ...bound].join(', ')} weigh the frames, but ${unknown.join(', ')} could be a bias or a potential`,
    `give the PLUMED input with ‘plumed’, or name them, such as ‘bias: ${all.join(',')}’, or ‘bias: all’`,
  );
}

/** Of a table without a bias, where one was expected. */
function noBias(where = 'the table', surface: readonly string[] = []): LatentcvError {
  const only =
    surface.length > 0 ? `only ${surface.join(', ')}, which looks like the potential itself` : 'none';
  return new LatentcvError(
    'bad-argument',
    `expected a column of the bias (*.bias or *.rbias) in ${where} but found ${only}`,
    'name it with ‘bias’, or say ‘bias: none’ for a run without one',
  );
}
