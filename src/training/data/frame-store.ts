import { expectObject } from '../../support/index.js';
import { closeSync } from 'node:fs';
import type { Column, FrameBatch, RunSegment } from '../../frames/index.js';

/**
 * Frames on disk in single precision, for data larger than memory: `values.f32` `[frames, columns]` row-major,
 * `times.f64` in ps, and `frames.json`, which is this.
 */
export interface FrameStore {
  folder: string;
  /** Of the source files and of how they were read: a store of others is made anew. */
  source: string;
  /** SHA-256 of labels and values, as `fingerprint` gives it of the dataset. */
  fingerprint: string;
  /** SHA-256 of the bytes of both files. */
  values: string;
  times: string;
  columns: Column[];
  /** Where `columns` are some of those on disk: how many there are, and which of them these are. */
  stored?: { width: number; places: number[] };
  frames: number;
  segments: RunSegment[];
  /** Time between the first two frames, in ps. */
  spacing: number;
  /** Where frames are not evenly spaced, for methods with a lag time. */
  uneven?: string;
  /** Ranges of the columns. */
  min: number[];
  max: number[];
  /** By column: whole numbers from 0 that it holds beside negative ones, where it may be one of states; else null. */
  states?: (number[] | null)[];
  warnings: string[];
  /** Both files, open in this process: they stay these files, whatever another training makes of the folder. */
  open?: { values: number; times: number };
}

/** Where frames come from, to be stored. */
export interface FrameSource {
  files: readonly string[];
  /** What of the files is read, and how: anything that JSON holds. */
  reading: unknown;
  batches(onWarning: (message: string) => void): AsyncIterable<FrameBatch>;
  onWarning?: (message: string) => void;
  signal?: AbortSignal;
}

/**
 * Closes a store's files; those of another one that was made of it, too.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function closeStore(store: FrameStore): void {
  expectObject(store, 'store', 'a store, as openFrames gives it,');
  const { open } = store;
  if (!open) return;
  closeSync(open.values);
  closeSync(open.times);
}
