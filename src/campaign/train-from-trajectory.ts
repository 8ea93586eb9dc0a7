import { selectDescriptors } from '../descriptors/index.js';
import { dropColumns, type Dataset } from '../frames/index.js';
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
  type TrajectoryReading,
  type TrajectorySystem,
} from '../trajectories/index.js';
import {
  framesInMemory,
  framesOnDisk,
  trainModel,
  type TrainedModel,
  type TrainModel,
} from './train-model.js';

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

/** What the inputs of a training are, for a structure. */
export async function describeSystem(
  job: Pick<TrainFromTrajectory, 'files' | 'structure' | 'definition' | 'pbc' | 'reading'>,
): Promise<{ expanded: ExpandedDefinition; reason: string; atoms: number }> {
  const structure = await readStructure(
    job.structure ?? job.files[0],
    job.structure === undefined ? job.reading : {},
  );
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
  return { expanded: { ...expanded, set }, reason, atoms: structure.size };
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
    return trainModel(job, framesOnDisk(store, settings), expanded.set);
  }
  const read = await readTrajectory(job.files, system, reading);
  const { dataset, set } = pruned(read, system, job.onWarning);
  return trainModel(job, framesInMemory(dataset), set);
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

/** Without columns that are the same in every frame, or the same as one before them. */
function pruned(
  dataset: Dataset,
  { set }: TrajectorySystem,
  onWarning?: (message: string) => void,
): { dataset: Dataset; set: TrajectorySystem['set'] } {
  const idle = idleColumns(dataset);
  if (idle.length === 0 || idle.length === dataset.columns.length) return { dataset, set };
  onWarning?.(
    `${idle.length} of ${dataset.columns.length} descriptors are constant or repeat another: left out`,
  );
  const kept = [...set.items.keys()].filter((i) => !idle.includes(i));
  return { dataset: dropColumns(dataset, idle), set: selectDescriptors(set, kept) };
}

/** Numbers as good as equal, beside the size of what they measure. */
const equal = 1e-9;

function idleColumns({ columns, frames, data }: Dataset): number[] {
  const width = columns.length;
  const seen = new Map<string, number[]>();
  const same = (a: number, b: number): boolean => {
    for (let frame = 0; frame < frames; frame++)
      if (Math.abs(data[frame * width + a] - data[frame * width + b]) > equal) return false;
    return true;
  };
  return [...columns.keys()].filter((column) => {
    const first = data[column];
    let constant = true;
    for (let frame = 1; constant && frame < frames; frame++)
      constant = Math.abs(data[frame * width + column] - first) <= equal;
    if (constant) return frames > 1;
    const key = first.toPrecision(6);
    const alike = seen.get(key) ?? [];
    if (alike.some((other) => same(other, column))) return true;
    seen.set(key, [...alike, column]);
    return false;
  });
}
