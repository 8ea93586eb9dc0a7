import { descriptorLabels, selectDescriptors, type DescriptorSet } from '../descriptors/index.js';
import { openStore, trainSettings, type FrameSource, type TrainSettings } from '../training/index.js';
import { expectNoStop } from '../support/interruption.js';
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
import { ModelPlace } from './model-place.js';
import { framesInMemory, framesOnDisk, streamFrom, type OpenFrames } from './open-frames.js';
import type { Describe } from './ready-frames.js';
import { trainModel, type TrainedModel, type TrainModel } from './train-model.js';

export interface TrainFromTrajectory extends TrainModel {
  /** Trajectories: each a run of its own, or a part of one (`reading.parts`, GROMACS' `.part0002`). */
  files: readonly string[];
  /** Names and residues of the atoms; the first of the files where left out. */
  structure?: string;
  /** What to learn from; chosen by what the system is where left out. */
  definition?: Definition;
  reading?: TrajectoryReading;
  /** Minimum image in periodic boxes; true where left out. */
  pbc?: boolean;
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, if they are too many. */
  stream?: boolean;
  /** Bytes of descriptors in memory beyond which they are too many; 1 GiB where left out. */
  streamBeyond?: number;
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
export function trainFromTrajectory(job: TrainFromTrajectory): Promise<TrainedModel> {
  return ModelPlace.whileHeld(job, (place) => trainAt(place, job));
}

async function trainAt(place: ModelPlace, job: TrainFromTrajectory): Promise<TrainedModel> {
  const settings = trainSettings(job.training ?? {});
  const { expanded, reason, atoms } = await describeSystem(job);
  job.onDefinition?.(expanded, reason);
  const frames = await opened(job, { set: expanded.set, atoms }, settings);
  try {
    return await trainModel(job, place, frames, describing(expanded.set));
  } finally {
    frames.close?.();
  }
}

/** Thrown out of a reading that would fill the memory. */
class TooLarge extends Error {}

/** The frames in memory; on disk where asked for, or where there are too many of them. */
async function opened(
  { files, stream, streamBeyond = streamFrom, ...job }: TrainFromTrajectory,
  system: TrajectorySystem,
  settings: TrainSettings,
): Promise<OpenFrames> {
  const tell = toldOnce(job.onWarning);
  const signal = job.hooks?.signal;
  const width = descriptorLabels(system.set).length;
  const reading: TrajectoryReading = {
    ...job.reading,
    onWarning: tell,
    onFrames: (done, all) => {
      expectNoStop(signal, 'the reading of frames');
      job.reading?.onFrames?.(done, all);
    },
  };
  const onDisk = async (): Promise<OpenFrames> =>
    framesOnDisk(await openStore(storeSource(files, system, reading, signal)), settings);
  if (stream) return onDisk();
  const inMemory: TrajectoryReading = {
    ...reading,
    onFrames: (done, all) => {
      if (stream === undefined && 8 * all * width > streamBeyond) {
        const size = ((8 * all * width) / 2 ** 30).toPrecision(2);
        tell(
          `${all} frames of ${width} descriptors (${size} GiB) stay on disk and are learned from piece by piece`,
        );
        throw new TooLarge();
      }
      reading.onFrames?.(done, all);
    },
  };
  try {
    return framesInMemory(await readTrajectory(files, system, inMemory));
  } catch (error) {
    if (error instanceof TooLarge) return onDisk();
    throw error;
  }
}

/** Frames are begun to be read twice where they turn out to be too many: what is unusual about them is told once. */
function toldOnce(onWarning: TrainFromTrajectory['onWarning']): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) onWarning?.(message);
    told.add(message);
  };
}

function storeSource(
  files: readonly string[],
  system: TrajectorySystem,
  reading: TrajectoryReading,
  signal: AbortSignal | undefined,
): FrameSource {
  const { onWarning, begin, end, stride, timestep, salvage, format, perNanometre, parts } = reading;
  return {
    files,
    reading: [system, begin, end, stride, timestep, salvage, format, perNanometre, parts],
    batches: (warn) => readTrajectoryBatches(files, system, { ...reading, onWarning: warn }),
    ...(onWarning && { onWarning }),
    ...(signal && { signal }),
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
