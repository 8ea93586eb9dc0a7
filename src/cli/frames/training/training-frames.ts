import type { StructureRowOptions } from '../../options/index.js';
import type { TrainingOptions } from '../../options/training/index.js';
import type { TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import { madeTrajectories } from '../made-trajectories.js';
import { areStructures } from '../structures/index.js';
import type { TrainingFrames } from './frames-to-learn.js';
import { trainingStructures } from './training-structures.js';
import { trainingTables } from './training-tables.js';
import { trainingTrajectories } from './training-trajectories.js';

/**
 * The frames that options name: tables, trajectories, patterns, folders of runs, trajectories joined with the tables that
 * were written beside them, structures that are a row each. Units, temperatures and the bias are as options, notes and PLUMED's input say. Frames weigh by
 * their bias where its columns and the temperature are known; where they are not, it is told that frames weigh alike, or
 * refused where weights were asked for.
 */
export async function trainingFrames(
  names: readonly string[],
  options: TrainingOptions & TrajectoryOptions & StructureRowOptions & { plumed?: string },
  terminal: Terminal,
): Promise<TrainingFrames> {
  if (areStructures(names, options)) return trainingStructures(names, options, terminal);
  const made = await madeTrajectories(names, options, tableColumns(options), terminal, true);
  if (!made) return trainingTables(names, options, terminal);
  return trainingTrajectories(made, options, terminal);
}

/** Columns that only a table has. */
function tableColumns({ properties = [], weights, bias = [] }: TrainingOptions): string[] {
  const named = bias.filter((name) => name !== 'none' && name !== 'all');
  return [...properties, ...named, ...(weights === undefined ? [] : [weights])];
}
