import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset, RunSegment, Segment } from '../../frames/index.js';
import { LatentcvError } from '../../support/index.js';
import type { FrameStore } from './frame-store.js';

/** Parts of a store as datasets. */
export class StoreReader {
  private readonly values: number;
  private readonly times: number;

  constructor(private readonly store: FrameStore) {
    const { folder, open } = store;
    this.values = open?.values ?? openSync(join(folder, 'values.f32'), 'r');
    this.times = open?.times ?? openSync(join(folder, 'times.f64'), 'r');
  }

  /** Each becomes a segment of the dataset. */
  read(wanted: readonly Segment[]): Dataset {
    const { columns } = this.store;
    const frames = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
    const data = new Float64Array(frames * columns.length);
    const time = new Float64Array(frames);
    const segments: RunSegment[] = [];
    let at = 0;
    for (const { start, end } of wanted) {
      data.set(this.rows(start, end), at * columns.length);
      readFully(this.times, time.subarray(at, at + end - start), 8 * start);
      segments.push({ start: at, end: at + end - start, source: this.sourceOf(start) });
      at += end - start;
    }
    return { columns, frames, data, time, segments };
  }

  /** Values of the store's columns, row-major. */
  private rows(start: number, end: number): Float32Array {
    const { columns, stored } = this.store;
    const width = stored?.width ?? columns.length;
    const values = new Float32Array((end - start) * width);
    readFully(this.values, values, 4 * start * width);
    if (!stored) return values;
    const chosen = new Float32Array((end - start) * columns.length);
    for (let row = 0; row < end - start; row++)
      stored.places.forEach((place, i) => (chosen[row * columns.length + i] = values[row * width + place]));
    return chosen;
  }

  /** Files that the store itself has open stay so. */
  close(): void {
    if (this.store.open) return;
    closeSync(this.values);
    closeSync(this.times);
  }

  /** Where a frame came from. */
  sourceOf(frame: number): string {
    const { segments } = this.store;
    let [low, high] = [0, segments.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (frame < segments[middle].end) high = middle;
      else low = middle + 1;
    }
    return segments[low].source;
  }
}

function readFully(handle: number, array: Float32Array | Float64Array, position: number): void {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let done = 0; done < bytes.length;) {
    const count = readSync(handle, bytes, done, bytes.length - done, position + done);
    if (count === 0) throw new LatentcvError('bad-data', 'the store of frames is shorter than it should be');
    done += count;
  }
}

/** The store with some of its columns alone, in this order. */
export function selectStoreColumns(store: FrameStore, labels: readonly string[]): FrameStore {
  const { columns, min, max, states, stored } = store;
  const chosen = labels.map((label) => columns.findIndex((column) => column.label === label));
  const of = <T>(list: readonly T[]): T[] => chosen.map((i) => list[i]);
  const hash = createHash('sha256').update(store.fingerprint).update(labels.join('\n'));
  return {
    ...store,
    fingerprint: hash.digest('hex'),
    columns: of(columns),
    stored: { width: stored?.width ?? columns.length, places: stored ? of(stored.places) : chosen },
    min: of(min),
    max: of(max),
    ...(states && { states: of(states) }),
  };
}
