import type { JoinedTables } from '../../frames/index.js';
import { sameBiasColumns } from '../../sampling/index.js';
import type { Given } from '../options/index.js';
import type { joinedTableSettings, WeighingOptions } from '../options/weighing/index.js';
import type { Terminal } from '../terminal.js';
import { madeTrajectories } from './made-trajectories.js';
import { isFolder } from './sampled-files.js';
import type { NamedFrames } from './sampled-trajectories.js';

/** Trajectories, and the columns of the bias that go behind what is computed of their frames. */
export interface TrajectoriesWithBias {
  files: readonly string[];
  /** A structure in the folder of a run. */
  structure?: string;
  /** ps per step, as runs noted it. */
  timestep?: number;
  joined?: JoinedTables;
  /** Labels of those columns. */
  columns: readonly string[];
}

/**
 * The trajectories of runs that are named by their folders, or whose tables are named; undefined where neither is so, or folders
 * are ones of tables.
 */
export async function trajectoriesWithBias(
  names: readonly string[],
  options: NamedFrames & WeighingOptions & Given<typeof joinedTableSettings>,
  terminal: Pick<Terminal, 'note'>,
): Promise<TrajectoriesWithBias | undefined> {
  const { weightsFrom, bias } = options;
  if (weightsFrom === undefined && !names.some(isFolder)) return undefined;
  const asked = bias?.filter((name) => name !== 'none' && name !== 'all') ?? [];
  const made = await madeTrajectories(names, options, asked, terminal);
  if (!made) return undefined;
  const { paths: files, structure, timestep, labelled } = made;
  const nothing = { weigh: [], notes: [], without: [] };
  const weighing = labelled.length === 0 ? nothing : sameBiasColumns(labelled, made.choose);
  const { weigh: columns } = weighing;
  for (const note of weighing.notes) terminal.note(note);
  const joined = made.joined(weighing);
  return {
    ...{ files, structure, timestep, columns: joined ? columns : [] },
    ...(joined && { joined: { ...joined, columns, absent: columns } }),
  };
}
