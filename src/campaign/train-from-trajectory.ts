import { LatentcvError } from '../support/errors.js';
import { descriptorLabels, selectDescriptors, type DescriptorSet } from '../descriptors/index.js';
import { openStore, trainSettings } from '../training/index.js';
import {
  atomNames,
  automaticDefinition,
  expandDefinition,
  readStructure,
  readTrajectory,
  readTrajectoryBatches,
  type Definition,
  type ExpandedDefinition,
  type Structure,
  type TrajectoryReading,
  type TrajectorySystem,
} from '../trajectories/index.js';
import { framesInMemory, framesOnDisk } from './open-frames.js';
import type { Describe } from './ready-frames.js';
import { trainModel, type TrainedModel, type TrainModel } from './train-model.js';

export interface TrainFromTrajectory extends TrainModel {
  /** Trajectories, in order; restarts of one another or separate. */
  files: readonly string[];
  /** Names and residues of the atoms; the first of the files where left out. */
  structure?: string;
  /** What to learn from; chosen by what the system is where left out. */
  definition?: Definition;
  reading?: TrajectoryReading;
  /** Minimum image in periodic boxes; true where left out. */
  pbc?: boolean;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file). */
  stream?: boolean;
  /** Told what the definition means, before anything is read. */
  onDefinition?: (expanded: ExpandedDefinition, reason: string) => void;
}

/**
 * The structure, read as `reading` says: a named format where it is the trajectory itself, a named unit of length in any
 * case. One without positions (PSF) has those of the first frame.
 */
async function systemOf({
  files,
  structure: path = files[0],
  reading = {},
}: Pick<TrainFromTrajectory, 'files' | 'structure' | 'reading'>): Promise<Structure> {
  const { perNanometre } = reading;
  const structure = await readStructure(
    path,
    path === files[0] ? reading : { ...(perNanometre !== undefined && { perNanometre }) },
  );
  if (structure.hasPositions || path === files[0]) return structure;
  const frame = await readStructure(files[0], reading);
  if (frame.size !== structure.size)
    throw new LatentcvError(
      'bad-argument',
      `expected ${structure.size} atoms in ${files[0]}, as ${path} has, but received ${frame.size}`,
    );
  const { positions, box } = frame.places('the structure');
  structure.place(positions, box, files[0]);
  return structure;
}

/** What the inputs of a training are, for a structure. */
export async function describeSystem(
  job: Pick<TrainFromTrajectory, 'files' | 'structure' | 'definition' | 'pbc' | 'reading'>,
): Promise<{ expanded: ExpandedDefinition; reason: string; atoms: number }> {
  const structure = await systemOf(job);
  const { definition, reason } =
    job.definition && job.definition.statements.length > 0
      ? { definition: job.definition, reason: 'as named' }
      : automaticDefinition(structure);
  const groups = job.definition?.groups ?? [];
  const expanded = await expandDefinition(
    { groups: definition.groups.length > 0 ? definition.groups : groups, statements: definition.statements },
    structure,
    { ...(job.pbc !== undefined && { pbc: job.pbc }) },
  );
  const set = { ...expanded.set, names: atomNames(structure, expanded.set.atoms) };
  const notes = [
    ...(structure.placedBy === undefined
      ? []
      : [`${structure.path} has no positions: those of the first frame of ${structure.placedBy} are taken`]),
    ...expanded.notes,
  ];
  return { expanded: { ...expanded, set, notes }, reason, atoms: structure.size };
}

/**
 * From trajectories to a model file that PLUMED evaluates from atoms: structure, descriptors, frames, training.
 * @throws LatentcvError before the first epoch where files, definition and settings do not fit.
 */
export async function trainFromTrajectory(job: TrainFromTrajectory): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  const { expanded, reason, atoms } = await describeSystem(job);
  job.onDefinition?.(expanded, reason);
  const system = { set: expanded.set, atoms };
  const reading = { ...job.reading, ...(job.onWarning && { onWarning: job.onWarning }) };
  if (job.stream) {
    const store = await openStore(storeSource(job, system, reading));
    return trainModel(job, framesOnDisk(store, settings), describing(expanded.set));
  }
  const dataset = await readTrajectory(job.files, system, reading);
  return trainModel(job, framesInMemory(dataset), describing(expanded.set));
}

function storeSource(
  { files }: TrainFromTrajectory,
  system: TrajectorySystem,
  reading: TrajectoryReading,
): Parameters<typeof openStore>[0] {
  const { onWarning, begin, end, stride, timestep, salvage, format, perNanometre } = reading;
  return {
    files,
    reading: [system, begin, end, stride, timestep, salvage, format, perNanometre],
    batches: (warn) => readTrajectoryBatches(files, system, { ...reading, onWarning: warn }),
    ...(onWarning && { onWarning }),
  };
}

/** The descriptors of a set by their labels. */
function describing(set: DescriptorSet): Describe {
  const places = new Map(descriptorLabels(set).map((label, i) => [label, i] as const));
  return (inputs) =>
    selectDescriptors(
      set,
      inputs.map(({ label }) => places.get(label)!),
    );
}
