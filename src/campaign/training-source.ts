import { learnableFrames, presetMembers, trainSettings, type TrainSettings } from '../training/index.js';
import { checkEnsemble } from './ensemble-committor.js';
import { ModelPlace } from './model-place.js';
import { framesInMemory, type OpenFrames } from './open-frames.js';
import { readyFrames, type Describe } from './ready-frames.js';
import { trainInto, type TrainedModel, type TrainingJob } from './train-model.js';

/** How frames are opened. */
export interface FrameOpening {
  /** Frames stay on disk, or in memory; where left out, on disk if they are too many. */
  stream?: boolean;
  signal?: AbortSignal;
  onWarning?: (message: string) => void;
}

/** Where the frames of a training come from: tables, trajectories, or both joined by time. */
export interface TrainingSource {
  /** All frames, what is not to be learned from set aside. */
  open: (opening: FrameOpening) => Promise<OpenFrames>;
  /** The descriptors that their inputs are, where that is known. */
  describe?: Describe;
}

/** A source, once it is known what the settings name. */
export type SourceFor = (settings: TrainSettings) => Promise<TrainingSource>;

/**
 * Trains on the frames of a source; see `trainInto`.
 * @param job with all files that are read, which the model is not written over
 */
export function trainFrom(
  job: TrainingJob & Pick<FrameOpening, 'stream'> & { files: readonly string[] },
  sourceFor: SourceFor,
): Promise<TrainedModel> {
  return ModelPlace.whileHeld(job, async (place) => {
    const { stream, onWarning, hooks } = job;
    const settings = trainSettings(job.training ?? {});
    const { ensemble = presetMembers(settings) } = job;
    checkEnsemble(ensemble, settings);
    const source = await sourceFor(settings);
    const frames = await source.open({ stream, onWarning, signal: hooks?.signal });
    try {
      return await trainInto(place, frames, { ...job, ensemble }, source.describe);
    } finally {
      frames.close?.();
    }
  });
}

/** The frames of a source that a training would learn from, in memory. */
export async function learnedFrames(
  settings: TrainSettings,
  sourceFor: SourceFor,
  opening: Omit<FrameOpening, 'stream'> = {},
): Promise<OpenFrames> {
  const { open, describe } = await sourceFor(settings);
  const frames = await open({ ...opening, stream: false });
  if (!describe) return frames;
  const { learnable } = await readyFrames(learnableFrames(frames.all, settings), describe);
  return framesInMemory(learnable.roles.table, settings);
}
