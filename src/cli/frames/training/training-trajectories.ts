import type { TrainFromTrajectory } from '../../../campaign/index.js';
import { LatentcvError } from '../../../support/index.js';
import { timeRange } from '../../options/index.js';
import { type TrainingOptions } from '../../options/training/index.js';
import { definitionOf, trajectoryReading, type TrajectoryOptions } from '../../options/trajectories/index.js';
import type { Terminal } from '../../terminal.js';

/** What of the job is told by options of trajectories. */
export async function trainingTrajectories(
  options: TrainingOptions & TrajectoryOptions,
  terminal: Terminal,
): Promise<Omit<TrainFromTrajectory, 'files' | 'output'>> {
  refuseTableOptions(options);
  const definition = await definitionOf(options);
  return {
    structure: options.structure,
    definition,
    pbc: options.pbc === false ? false : undefined,
    reading: {
      ...trajectoryReading(options),
      ...timeRange(options),
    },
    onDefinition: ({ set, notes }, reason) => {
      for (const note of notes) terminal.note(note);
      terminal.note(`${set.items.length} descriptors of ${set.atoms.length} atoms (${reason})`);
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

/** Trajectories hold no bias. */
export function refuseWeights({ bias, unbiased }: TrainingOptions): void {
  const asked = bias?.filter((name) => name !== 'none') ?? [];
  if (asked.length === 0 && unbiased === undefined) return;
  throw new LatentcvError(
    'bad-argument',
    'expected tables with --bias or --unbiased but received trajectories, which hold no bias',
    'latentcv descriptors writes a table of a trajectory, which a script can join with COLVAR by time',
  );
}
