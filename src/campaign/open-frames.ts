import {
  dropColumns,
  selectColumns,
  type Column,
  type ColumnPattern,
  type Dataset,
} from '../frames/index.js';
import {
  closeStore,
  labelColumns,
  labelRules,
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
  /** The frames without these columns; those that rules of states are about stay, set aside. */
  without: (labels: ReadonlySet<string>) => OpenFrames;
  /** Closes what is open of frames on disk. */
  close?: () => void;
}

export function framesInMemory(dataset: Dataset, settings: Pick<TrainSettings, 'labels'>): OpenFrames {
  const { columns, frames } = dataset;
  return {
    dataset,
    frames,
    run: (own, training, hooks) => train({ ...dataset, columns: own }, training, hooks),
    without: (labels) => {
      const { dropped, columns: kept } = leaving(columns, labels, settings);
      const places = [...columns.keys()].filter((i) => dropped.has(columns[i].label));
      const left = places.length === 0 ? dataset : dropColumns(dataset, places);
      return framesInMemory({ ...left, columns: kept }, settings);
    },
  };
}

export function framesOnDisk(store: FrameStore, settings: TrainSettings): OpenFrames {
  return {
    dataset: storeSample(store, settings),
    frames: store.frames,
    close: () => closeStore(store),
    run: (columns, training, hooks) => trainStream({ ...store, columns }, training, hooks),
    without: (labels) => {
      const { columns } = leaving(store.columns, labels, settings);
      const kept = columns.map(({ label }) => label);
      return framesOnDisk({ ...selectStoreColumns(store, kept), columns }, settings);
    },
  };
}

/** What is left of columns without some of them: those that rules of states are about are only not learned from. */
function leaving(
  columns: readonly Column[],
  labels: ReadonlySet<string>,
  settings: Pick<TrainSettings, 'labels'>,
): { dropped: ReadonlySet<string>; columns: Column[] } {
  const needed = labelRules(settings.labels) ? labelColumns(settings.labels) : [];
  const dropped = new Set([...labels].filter((label) => !needed.includes(label)));
  const kept = columns.filter(({ label }) => !dropped.has(label));
  return {
    dropped,
    columns: kept.map((column) => (labels.has(column.label) ? { ...column, aside: true } : column)),
  };
}

/** The frames with the columns that are not chosen to be learned from, and only rules of states are about, set aside. */
export function rulesAside(
  frames: OpenFrames,
  chosen: readonly ColumnPattern[] | undefined,
  { labels }: Pick<TrainSettings, 'labels'>,
): OpenFrames {
  if (!chosen || !labelRules(labels)) return frames;
  const all = frames.dataset.columns.map(({ label }) => label);
  const wanted = new Set(selectColumns(all, 'the tables', chosen));
  const only = labelColumns(labels).filter((label) => !wanted.has(label));
  return only.length === 0 ? frames : frames.without(new Set(only));
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
