import {
  evenStrides,
  frameSpacing,
  selectColumns,
  type ColumnPattern,
  type Dataset,
} from '../frames/index.js';
import { methods } from '../models/index.js';
import { LatentcvError } from '../support/index.js';
import {
  closeStore,
  labelColumns,
  labelRules,
  runsOfPairs,
  storeSample,
  withoutColumns,
  type FrameStore,
  type TrainSettings,
} from '../training/index.js';

/** Bytes of files, or of what trajectories become, beyond which frames stay on disk. */
export const streamFrom = 2 ** 30;

/** Frames that were read, before their columns are told apart. */
export interface OpenFrames {
  /** All of them, in memory or on disk. */
  all: Dataset | FrameStore;
  /** Those in memory, or a sample of those on disk. */
  dataset: Dataset;
  /** The frames without these columns; those that rules of states are about stay, set aside. */
  without: (labels: ReadonlySet<string>) => OpenFrames;
  /** Closes what is open of frames on disk. */
  close?: () => void;
}

/** @param onNote told where runs of another stride are thinned, for methods with a lag */
export function framesInMemory(
  read: Dataset,
  settings: Pick<TrainSettings, 'labels' | 'method' | 'bias' | 'pairsFrom' | 'reweightedTime'>,
  onNote?: (line: string) => void,
): OpenFrames {
  const { method, pairsFrom } = settings;
  const lagged = method === 'auto' || methods[method].needs.pairs;
  const dataset = lagged ? evenStrides(read, onNote, runsOfPairs(read, settings)) : read;
  if (pairsFrom && dataset !== read) expectOneStride(unevenIn(read));
  return held(dataset, settings);
}

function held(dataset: Dataset, settings: Pick<TrainSettings, 'labels'>): OpenFrames {
  return {
    all: dataset,
    dataset,
    without: (labels) => held(withoutColumns(dataset, labels, settings), settings),
  };
}

export function framesOnDisk(store: FrameStore, settings: TrainSettings): OpenFrames {
  return {
    all: store,
    dataset: storeSample(store, settings),
    without: (labels) => framesOnDisk(withoutColumns(store, labels, settings), settings),
    close: () => closeStore(store),
  };
}

/** Why frames are not evenly spaced; undefined where they are. */
export function unevenIn(dataset: Dataset): string | undefined {
  try {
    frameSpacing(dataset);
    return undefined;
  } catch (error) {
    if (error instanceof LatentcvError) return error.message;
    throw error;
  }
}

/** Weights of frames of several states hold for all of them: of runs of which fewer are taken, some states would weigh too little. */
export function expectOneStride(uneven: string | undefined): void {
  if (uneven === undefined) return;
  throw new LatentcvError(
    'bad-data',
    `expected frames at one stride in all runs that are weighed together but received others: ${uneven}`,
    'give tables and trajectories of one stride',
  );
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
