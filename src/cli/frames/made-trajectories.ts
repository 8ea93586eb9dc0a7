import type { TablesOfRuns } from '../../campaign/index.js';
import type { AddedColumn } from '../../frames/index.js';
import { fileConditions, type FileConditions, type LabelledTable } from '../../sampling/index.js';
import { LatentcvError } from '../../support/index.js';
import type { WeighingOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { asMade, statedConditions, type MadeFrames } from './made-frames.js';
import { labelledTables, type Weighing } from './weighing.js';
import { withoutCopies } from './without-copies.js';
import { sampledTrajectories, type NamedFrames } from './sampled-trajectories.js';

/** Trajectories, how their frames were made, and what is joined to them. */
export interface MadeTrajectories extends MadeFrames {
  /** A structure in the folder of a run. */
  structure?: string;
  /** ps per step, as runs noted it. */
  timestep?: number;
  /** The tables that tell of a bias. */
  labelled: readonly LabelledTable[];
  /** Labels of the first of them; none where there is no table. */
  labels: readonly string[];
  /** By the path of a run's first file its table, of runs without a bias too. */
  tables: Readonly<Record<string, string>>;
  /**
   * The tables, once it is known which columns weigh, or weights that are a column of all of them.
   * @throws LatentcvError `bad-argument` for a run of which nobody tells whether it was biased
   */
  joined: (weighing: Weighing, added?: AddedColumn) => TablesOfRuns | undefined;
}

/**
 * Resolves trajectories and folders of runs, with the tables beside them and how the frames were made; undefined where tables
 * are named.
 * @param wanted columns by which one of a run's tables is chosen
 * @param differing whether static biases may differ from run to run
 */
export async function madeTrajectories(
  names: readonly string[],
  options: NamedFrames & WeighingOptions,
  wanted: readonly string[],
  terminal: Pick<Terminal, 'note'>,
  differing = false,
): Promise<MadeTrajectories | undefined> {
  const sampled = await sampledTrajectories(names, options, wanted);
  if (!sampled) return undefined;
  const { structure, timestep } = sampled;
  const found = await withoutCopies(sampled.files, terminal);
  const files = fileConditions(found, await statedConditions(found, options));
  const made = asMade(files, options, { several: true, differing, terminal });
  const all = Object.fromEntries(
    found.flatMap(({ path }) => (sampled.tables[path] ? [[path, sampled.tables[path]] as const] : [])),
  );
  // a bias that acted elsewhere is none here
  const unbiased = new Set(files.flatMap(({ path, biased }) => (biased ? [] : [path])));
  const tables = Object.fromEntries(Object.entries(all).filter(([path]) => !unbiased.has(path)));
  const telling = files.filter(({ path, biases }) => tables[path] && biases?.length !== 0);
  const labelled = await labelledTables(
    telling.map(({ path, choice }) => ({ path: tables[path][0], choice })),
    {},
  );
  return {
    ...made,
    structure,
    timestep,
    labelled,
    labels: labelled[0]?.labels ?? [],
    tables: Object.fromEntries(Object.entries(all).map(([path, [table]]) => [path, table])),
    joined: ({ weigh, without }, added) => {
      const { energy, time } = made.common.units;
      if (added)
        return {
          tables: all,
          reading: { timeUnit: time, added },
          onNote: (line) => terminal.note(line),
        };
      if (Object.keys(tables).length === 0) return undefined;
      expectTold(files, tables, weigh);
      return {
        tables: Object.fromEntries(Object.entries(tables).filter(([, [table]]) => !without.includes(table))),
        reading: {
          timeUnit: time,
          ...(energy !== 1 && { factors: Object.fromEntries(weigh.map((column) => [column, energy])) }),
        },
        onNote: (line) => terminal.note(line),
      };
    },
  };
}

/** Where frames weigh by a bias, one of which no table tells may have acted elsewhere too. */
function expectTold(
  files: readonly FileConditions[],
  tables: Readonly<Record<string, readonly string[]>>,
  weigh: readonly string[],
): void {
  if (weigh.length === 0) return;
  const untold = files.find(
    ({ path, biased, notes, biases = [] }) => biased && !tables[path] && (!notes || biases.length > 0),
  );
  if (!untold) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a table with ${weigh.join(', ')} for the frames of ${untold.path} but found none`,
    '--weights-from names it; a file that was run without a bias is named with --unbiased',
  );
}
