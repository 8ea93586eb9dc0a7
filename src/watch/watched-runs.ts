import { GrowingTable, growingColumns, type FrameColumns } from '../frames/index.js';
import {
  answerOf,
  columnsAsked,
  statesOf,
  weighRun,
  type RunAnswer,
  type RunQuestion,
  type RunStates,
  type SampledRun,
  type SampledRunOptions,
} from '../free-energy/index.js';
import { coreEvents, problemOfRuns, type BiasColumns, type UnitSystem } from '../sampling/index.js';
import { LatentcvError, counted } from '../support/index.js';
import { foundQuestion } from './found-states.js';
import { progressOf, type RunProgressSoFar } from './progress.js';
import { runState, type RunState } from './run-state.js';

/** A run that is watched: its folder, its table, or both. */
export interface WatchSource {
  /** As it is called. */
  name: string;
  /** Where `run.json` is. */
  folder?: string;
  /** Undefined while it has written none. */
  table?: string;
}

/** How frames are weighed, as far as it is known. */
export interface WatchWeighing extends Pick<SampledRunOptions, 'discard' | 'replicas'> {
  /** K */
  temperature?: number;
  bias: BiasColumns;
  units: UnitSystem;
}

export interface WatchedRunsOptions {
  sources: readonly WatchSource[];
  /** The column of the CV. */
  cv: string;
  /** States as they were given; without basins, those that the CV's values show. */
  question: RunQuestion;
  weighing: WatchWeighing;
  /** What is known to be left out, and why. */
  notes?: readonly string[];
  /** Now, in ms since 1970. */
  now?: () => number;
}

/** Transitions between the cores of two states, in both directions. */
export interface PairTransitions {
  from: string;
  to: string;
  count: number;
}

/** One run as it stands; what is not known is null. */
export interface RunStatus extends RunProgressSoFar {
  name: string;
  table: string | null;
  state: RunState['state'];
  /** Why it ended, in words. */
  words: string | null;
  holder: { pid: number; host: string; since: string } | null;
  /** ms since 1970, when its table was last written to. */
  written: number | null;
  frames: number;
  /** In all of its frames; null where there are no states, or no frames. */
  transitions: PairTransitions[] | null;
}

/** What is known of runs at one time. */
export interface RunLook {
  /** ms since 1970. */
  at: number;
  runs: RunStatus[];
  cv: string;
  /** The frames, and their weights where these are known; undefined before the first frame. */
  run?: SampledRun;
  /** Whether the weights of `run` mean anything. */
  weighed: boolean;
  natural: boolean;
  states?: RunStates;
  /** What the states are, or why there are none, in words; undefined where they were given. */
  found?: string;
  /** ΔF, its course and the drift of the bias; undefined without states, or weights. */
  answer?: RunAnswer;
  /** What could not be told, and why. */
  notes: string[];
}

interface Analysis extends Pick<RunLook, 'run' | 'weighed' | 'states' | 'found' | 'answer' | 'notes'> {
  dataset?: FrameColumns;
  /** By the run's table. */
  transitions: Map<string | undefined, PairTransitions[]>;
}

/** Runs whose tables grow. A look reads what is new; what follows from the frames is computed only where there are new ones. */
export class WatchedRuns {
  private readonly tables: { source: WatchSource; table: GrowingTable }[];
  private readonly columns: string[];
  private analysis: Analysis | undefined;
  /** Of runs that ended at another temperature than was asked of them. */
  private problem: string | undefined;

  constructor(private readonly options: WatchedRunsOptions) {
    const { cv, question, weighing, sources } = options;
    const { weigh, bound } = weighing.bias;
    this.columns = [...new Set([cv, ...columnsAsked(question), ...weigh, ...bound])];
    this.tables = sources.flatMap((source) => {
      if (source.table === undefined) return [];
      const table = new GrowingTable(source.table, this.columns, { timeUnit: weighing.units.time });
      return [{ source, table }];
    });
  }

  /**
   * What is known now.
   * @throws LatentcvError `file-format`, `bad-argument` (a column that is not there), `bad-data` (states that overlap, …)
   */
  async look(): Promise<RunLook> {
    const { sources, cv, weighing, now = Date.now } = this.options;
    const notes: string[] = [];
    const problem = await problemOfRuns(sources.flatMap(({ folder = [] }) => folder));
    let changed = this.analysis === undefined || problem !== this.problem;
    this.problem = problem;
    for (const { table } of this.tables) changed = (await refreshed(table, notes)) || changed;
    if (changed) this.analysis = this.analyse();
    const { dataset } = this.analysis!;
    const { run, weighed, found, answer, states: labels } = this.analysis!;
    const states = await Promise.all(sources.map(stateOf));
    const at = now();
    return {
      ...{ run, weighed, found, answer, states: labels },
      at,
      cv,
      natural: weighing.units.natural,
      notes: [...(this.options.notes ?? []), ...this.analysis!.notes, ...notes],
      runs: sources.map((source, i) => this.status(source, states[i], dataset, at)),
    };
  }

  private status(
    source: WatchSource,
    state: RunState,
    dataset: FrameColumns | undefined,
    now: number,
  ): RunStatus {
    const table = this.tables.find((each) => each.source === source)?.table;
    const segments = dataset?.segments.filter(({ source: run }) => run === source.table) ?? [];
    const written =
      table?.modified !== undefined && segments.length > 0
        ? {
            first: dataset!.time.at(segments[0].start)!,
            last: dataset!.time.at(segments.at(-1)!.end - 1)!,
            modified: table.modified,
            ...(table.segments.length === 1 && table.born !== undefined && { born: table.born }),
            natural: this.options.weighing.units.natural,
          }
        : undefined;
    return {
      name: source.name,
      table: source.table ?? null,
      state: state.state,
      words: state.words ?? null,
      holder: state.holder ?? null,
      written: table?.modified ?? null,
      frames: segments.reduce((sum, { start, end }) => sum + end - start, 0),
      transitions:
        this.analysis!.states && segments.length > 0
          ? this.transitionsIn(source.table, segments, dataset)
          : null,
      ...progressOf(state, written, now),
    };
  }

  /** Counted once for the same frames. */
  private transitionsIn(
    table: string | undefined,
    segments: FrameColumns['segments'],
    dataset: FrameColumns | undefined,
  ): PairTransitions[] {
    const { states, transitions } = this.analysis!;
    const known = transitions.get(table);
    if (known) return known;
    const { every } = this.options.question;
    const looks = every === undefined ? undefined : { time: dataset!.time, every };
    const { names, cores } = states!;
    const counted = names.flatMap((from, i) =>
      names.slice(i + 1).map((to, j) => {
        const pair = [i + 1, i + j + 2] as const;
        return { from, to, count: coreEvents(cores, pair, segments, looks).length };
      }),
    );
    transitions.set(table, counted);
    return counted;
  }

  private analyse(): Analysis {
    const { cv, weighing } = this.options;
    const tables = this.tables.map(({ table }) => table);
    const dataset = growingColumns(
      tables.filter(({ length }) => length > 0),
      this.columns,
    );
    if (!dataset) return { weighed: false, notes: [], transitions: new Map() };
    const notes: string[] = [];
    const leftOut = tables.reduce((sum, table) => sum + table.leftOut, 0);
    if (leftOut > 0) notes.push(`${counted(leftOut, 'line')} without a row of finite numbers left out`);
    const { run, weighed } = this.weighed(dataset, notes);
    const { question, found } = this.questionOn(run, weighed);
    const common = { dataset, run, weighed, found, notes, transitions: new Map() };
    if (!question) return common;
    // uniform weights for want of others: transitions are counted, energies are not told
    if (!weighed || weighing.temperature === undefined) return { ...common, states: statesOf(run, question) };
    const answer = answerOf(run, question, cv);
    return { ...common, states: answer?.states, answer };
  }

  private weighed(dataset: FrameColumns, notes: string[]): Pick<Required<Analysis>, 'run' | 'weighed'> {
    const { cv, question, weighing } = this.options;
    const { bias, temperature, units, discard, replicas } = weighing;
    const { problem } = this;
    const how = { columns: [cv], question, energyUnit: units.energy, discard, replicas, problem };
    try {
      if (temperature !== undefined)
        return { run: weighRun(dataset, bias, { ...how, temperature }), weighed: true };
      notes.push('no temperature is known, so that frames are not weighed');
    } catch (error) {
      if (!(error instanceof LatentcvError) || error.code !== 'bad-data') throw error;
      notes.push(error.message);
    }
    const none = { weigh: [], bound: [], notes: [] };
    return { run: weighRun(dataset, none, { ...how, temperature: anyTemperature }), weighed: false };
  }

  /** What is asked of the states, given or found. */
  private questionOn(run: SampledRun, weighed: boolean): { question?: RunQuestion; found?: string } {
    const { cv, question } = this.options;
    if (question.basins && question.basins.length > 0) return { question };
    return foundQuestion(run, cv, { question, weighed });
  }
}

/** Frames that all weigh the same do so at any. */
const anyTemperature = 300;

async function stateOf({ folder }: WatchSource): Promise<RunState> {
  return folder === undefined ? { state: null } : runState(folder);
}

async function refreshed(table: GrowingTable, notes: string[]): Promise<boolean> {
  try {
    return await table.refresh();
  } catch (error) {
    if (!(error instanceof LatentcvError) || !['file-not-found', 'file-access'].includes(error.code))
      throw error;
    // as between the moment in which PLUMED puts an old table aside and the one in which it opens the new one
    notes.push(error.message);
    return false;
  }
}
