import { trajectorySource } from '../../../campaign/index.js';
import { LatentcvError } from '../../../support/index.js';
import { timeRange } from '../../options/index.js';
import { givenOptions, type TrainingOptions } from '../../options/training/index.js';
import { definitionOf, trajectoryReading, type TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';
import type { MadeTrajectories } from '../made-trajectories.js';
import type { TrainingFrames } from './frames-to-learn.js';
import { temperaturesOf, weighingColumns } from '../weighing.js';
import { joinedTogether } from '../weighed-together.js';

/** Trajectories as the training takes them, with the columns of tables that were written beside them. */
export async function trainingTrajectories(
  made: MadeTrajectories,
  options: TrainingOptions & TrajectoryOptions & { plumed?: string },
  terminal: Terminal,
): Promise<TrainingFrames> {
  refuseTableOptions(options);
  const { files, labels, paths } = made;
  if (labels.length === 0) refuseColumns(options);
  const together = await joinedTogether(made, options, terminal);
  const biased = files.some((file) => file.biased) && !together;
  const weighing = weighingColumns(biased ? made.labelled : [], options, made, terminal);
  const { weigh } = weighing;
  const joined = made.joined(weighing, together?.added);
  const trajectories = {
    files: paths,
    structure: options.structure ?? made.structure,
    definition: await definitionOf(options),
    pbc: options.pbc === false ? false : undefined,
    joined,
    reading: {
      ...trajectoryReading(options),
      timestep: options.timestep ?? made.timestep,
      ...timeRange(options),
    },
    onDefinition: ({ set, notes }, reason) => {
      for (const note of notes) terminal.note(note);
      terminal.note(`${set.items.length} descriptors of ${set.atoms.length} atoms (${reason})`);
    },
  } satisfies Parameters<typeof trajectorySource>[0];
  return {
    files: [...paths, ...Object.values(joined?.tables ?? {}).flat()],
    sourceFor: (settings) => trajectorySource(trajectories, settings),
    training: {
      ...givenOptions(options),
      ...(weigh.length > 0 && { bias: weigh }),
      ...(together ? together.training : temperaturesOf(files)),
      ...(options.replicas && { replicas: options.replicas }),
    },
  };
}

/** Options that would be without effect. */
function refuseTableOptions({ columns, names, periodic, dataset }: TrainingOptions): void {
  const given = Object.entries({ columns, names, periodic, dataset }).find(
    ([, value]) => value !== undefined,
  );
  if (!given) return;
  throw new LatentcvError(
    'bad-argument',
    `expected trajectories without ‘${given[0]}’, which is of tables`,
    '--descriptors says what is learned from trajectories',
  );
}

/** Columns of tables that are not there. */
function refuseColumns({ bias = [], weights, properties = [] }: TrainingOptions): void {
  const named = bias.filter((name) => name !== 'none');
  const asked = [...named, ...properties, ...(weights === undefined ? [] : [weights])];
  if (asked.length === 0) return;
  throw new LatentcvError(
    'bad-argument',
    `expected a table with ${asked.join(', ')} beside the trajectories but found none`,
    '--weights-from names the COLVAR of each run, whose rows are joined with the frames by time; the folder of a run holds it',
  );
}
