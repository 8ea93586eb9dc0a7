import { dropColumns, type Column, type Dataset } from '../frames/index.js';
import {
  closeStore,
  selectStoreColumns,
  splitRoles,
  storeSample,
  train,
  trainStream,
  type FrameStore,
  type TrainedEncoder,
  type TrainOptions,
  type TrainSettings,
  type WorkerHooks,
} from '../training/index.js';

/** Bytes of files, or of what trajectories become, beyond which frames stay on disk. */
export const streamFrom = 2 ** 30;

/** The frames in memory, or a sample of those on disk, and what trains on them. */
export interface OpenFrames {
  dataset: Dataset;
  /** Frames in all, of which `dataset` may be a sample. */
  frames: number;
  run: (columns: Column[], training: TrainOptions, hooks: WorkerHooks) => Promise<TrainedEncoder>;
  /** The frames without these columns. */
  without: (labels: ReadonlySet<string>) => OpenFrames;
  /** Closes what is open of frames on disk. */
  close?: () => void;
}

export function framesInMemory(dataset: Dataset): OpenFrames {
  const { columns, frames } = dataset;
  return {
    dataset,
    frames,
    run: (own, training, hooks) => train({ ...dataset, columns: own }, training, hooks),
    without: (labels) =>
      framesInMemory(
        dropColumns(
          dataset,
          [...columns.keys()].filter((i) => labels.has(columns[i].label)),
        ),
      ),
  };
}

export function framesOnDisk(store: FrameStore, settings: TrainSettings): OpenFrames {
  return {
    dataset: storeSample(store, settings),
    frames: store.frames,
    close: () => closeStore(store),
    run: (columns, training, hooks) => trainStream({ ...store, columns }, training, hooks),
    without: (labels) => {
      const kept = store.columns.map(({ label }) => label).filter((label) => !labels.has(label));
      return framesOnDisk(selectStoreColumns(store, kept), settings);
    },
  };
}

/** Most columns that are named in a warning. */
const mostNamed = 5;

/**
 * The frames without inputs that are constant or copy another (on disk: in the sample). With fewer columns a sample
 * has more frames, so it is looked at again.
 */
export function withoutIdle(
  frames: OpenFrames,
  settings: TrainSettings,
  onWarning: (message: string) => void = () => undefined,
): OpenFrames {
  const { leftOut, inputs } = splitRoles(frames.dataset, settings);
  if (leftOut.length === 0) return frames;
  const named = leftOut.slice(0, mostNamed).map(({ label, why }) => `${label} (${why})`);
  const more = leftOut.length > mostNamed ? ` and ${leftOut.length - mostNamed} more` : '';
  const { dataset } = frames;
  const where = dataset.frames < frames.frames ? `, in a sample of ${dataset.frames} frames` : '';
  onWarning(
    `${leftOut.length} of ${leftOut.length + inputs.columns.length} inputs are left out${where}: ${named.join(', ')}${more}`,
  );
  return withoutIdle(frames.without(new Set(leftOut.map(({ label }) => label))), settings, onWarning);
}
