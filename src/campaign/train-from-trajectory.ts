import { descriptorLabels, selectDescriptors, type DescriptorSet } from '../descriptors/index.js';
import {
  learnableFrames,
  openStore,
  trainSettings,
  type FrameSource,
  type TrainSettings,
} from '../training/index.js';
import { expectNoStop, significant, expectObject } from '../support/index.js';
import {
  readTrajectory,
  readTrajectoryBatches,
  type ExpandedDefinition,
  type TrajectoryReading,
  type TrajectorySystem,
} from '../trajectories/index.js';
import { describeSystem, withRules, type DescribedSystem } from './describe-system.js';
import { ModelPlace } from './model-place.js';
import { framesInMemory, framesOnDisk, streamFrom, type OpenFrames } from './open-frames.js';
import { readyFrames, type Describe } from './ready-frames.js';
import { trainInto, type TrainedModel, type TrainingJob } from './train-model.js';

export interface TrainFromTrajectory extends TrainingJob, DescribedSystem {
  /** Frames stay on disk (in a folder `<file>.frames` beside the first file); where left out, if they are too many. */
  stream?: boolean;
  /** Bytes of descriptors in memory beyond which they are too many; 1 GiB where left out. */
  streamBeyond?: number;
  /** Told what the definition means, before anything is read. */
  onDefinition?: (expanded: ExpandedDefinition, reason: string) => void;
}

/**
 * From trajectories to a model file that PLUMED evaluates from atoms: structure, descriptors, frames, training.
 * @throws LatentcvError before the first epoch where files, definition and settings do not fit.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function trainFromTrajectory(job: TrainFromTrajectory): Promise<TrainedModel> {
  expectObject(job, 'job');
  return ModelPlace.whileHeld(job, async (place) => {
    const settings = trainSettings(job.training ?? {});
    const { set, atoms, aside } = await system(job, settings);
    const frames = setAside(await opened(job, { set, atoms }, settings), aside);
    try {
      return await trainInto(place, frames, job, describing(set));
    } finally {
      frames.close?.();
    }
  });
}

/** What is computed of each frame, of which atoms; `aside` is what only rules of states are about. */
async function system(
  job: DescribedSystem & Pick<TrainFromTrajectory, 'onDefinition'>,
  settings: TrainSettings,
): Promise<TrajectorySystem & { aside: string[] }> {
  const { expanded, reason, atoms } = await describeSystem(job);
  job.onDefinition?.(expanded, reason);
  return { atoms, ...withRules(expanded.set, settings, atoms) };
}

/** The frames with these columns set aside. */
function setAside(frames: OpenFrames, labels: readonly string[]): OpenFrames {
  return labels.length === 0 ? frames : frames.without(new Set(labels));
}

/** The frames of trajectories that a training would learn from, in memory. */
export async function trajectoryFrames(
  job: Omit<TrainFromTrajectory, 'output' | 'stream'>,
): Promise<OpenFrames> {
  const settings = trainSettings(job.training ?? {});
  const { set, atoms, aside } = await system(job, settings);
  const reading = { ...job.reading, onWarning: job.onWarning };
  const dataset = await readTrajectory(job.files, { set, atoms }, reading);
  const frames = setAside(framesInMemory(dataset, settings, job.onWarning), aside);
  const { learnable } = await readyFrames(learnableFrames(frames.all, settings), describing(set));
  return framesInMemory(learnable.roles.table, settings);
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
        const size = significant((8 * all * width) / 2 ** 30, 2);
        tell(
          `${all} frames of ${width} descriptors (${size} GiB) stay on disk and are learned from piece by piece`,
        );
        throw new TooLarge();
      }
      reading.onFrames?.(done, all);
    },
  };
  try {
    return framesInMemory(await readTrajectory(files, system, inMemory), settings, tell);
  } catch (error) {
    if (error instanceof TooLarge) return onDisk();
    throw error;
  }
}

/** Frames are begun to be read twice where they turn out to be too many: what is unusual about them is told once. */
function toldOnce(onWarning: TrainFromTrajectory['onWarning']): (message: string) => void {
  const warned = new Set<string>();
  return (message) => {
    if (!warned.has(message)) onWarning?.(message);
    warned.add(message);
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
    onWarning,
    signal,
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
