import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { evenWithin, type Column, type FrameBatch, type RunSegment } from '../../frames/index.js';
import { LatentcvError, writeProblem, expectNoStop, rounded } from '../../support/index.js';
import type { FrameSource, FrameStore } from './frame-store.js';

/** A column with more whole numbers is none of states. */
const mostStates = 1000;

/** Writes the frames of a source into a folder, in flat memory, and tells what they are. */
export async function writeFrames(
  from: FrameSource,
  into: string,
): Promise<Omit<FrameStore, 'folder' | 'source'>> {
  const warnings: string[] = [];
  const onWarning = (message: string): void => {
    warnings.push(message);
    from.onWarning?.(message);
  };
  const tally = new Tally();
  const values = await open(join(into, 'values.f32'), 'w');
  const times = await open(join(into, 'times.f64'), 'w');
  try {
    for await (const batch of from.batches(onWarning)) {
      expectNoStop(from.signal, 'the reading of frames');
      const single = Float32Array.from(batch.data);
      tally.add(batch, single);
      await writeAll(values, single);
      await writeAll(times, batch.time);
    }
    await Promise.all([values.sync(), times.sync()]);
  } catch (error) {
    throw writeProblem(into, error, 'frames into');
  } finally {
    await Promise.all([values.close(), times.close()]);
  }
  return { ...tally.result(from.files), warnings };
}

async function writeAll(handle: FileHandle, array: Float32Array | Float64Array): Promise<void> {
  const bytes = bytesOf(array);
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** What is to be known of frames that have passed by. */
class Tally {
  private readonly hash = createHash('sha256');
  private readonly times = createHash('sha256');
  private readonly stored = createHash('sha256');
  private columns: Column[] = [];
  private frames = 0;
  private readonly segments: RunSegment[] = [];
  private spacing = NaN;
  private uneven: string | undefined;
  private min: number[] = [];
  private max: number[] = [];
  private states: (Set<number> | null)[] = [];
  private lastTime = NaN;

  /** @param single the values as they are stored */
  add(batch: FrameBatch, single: Float32Array): void {
    if (this.frames === 0) this.begin(batch.columns);
    const starts = batch.segment === this.segments.length;
    const end = this.frames + batch.frames;
    if (starts) this.segments.push({ start: this.frames, end, source: batch.source });
    else this.segments[batch.segment].end = end;
    this.follow(batch, starts);
    this.hash.update(bytesOf(batch.data));
    this.times.update(bytesOf(batch.time));
    this.stored.update(bytesOf(single));
    batch.data.forEach((value, i) => {
      const column = i % this.columns.length;
      if (value < this.min[column]) this.min[column] = value;
      if (value > this.max[column]) this.max[column] = value;
      if (this.states[column]) this.seeState(column, value);
    });
    this.frames = end;
  }

  result(files: readonly string[]): Omit<FrameStore, 'folder' | 'source' | 'warnings'> {
    const { columns, frames, segments, spacing, uneven, min, max } = this;
    const states = this.states.map((found) => found && [...found].sort((a, b) => a - b));
    if (frames === 0)
      throw new LatentcvError('bad-data', `expected frames in ${files.join(', ')} but found none`);
    return {
      fingerprint: this.hash.digest('hex'),
      values: this.stored.digest('hex'),
      times: this.times.digest('hex'),
      columns,
      frames,
      segments,
      spacing,
      min,
      max,
      states,
      uneven,
    };
  }

  private begin(columns: Column[]): void {
    this.columns = columns;
    this.hash.update(columns.map(({ label }) => label).join('\n'));
    this.hash.update('\0');
    this.min = columns.map(() => Infinity);
    this.max = columns.map(() => -Infinity);
    this.states = columns.map(() => new Set());
  }

  private seeState(column: number, value: number): void {
    const found = this.states[column]!;
    if (!Number.isInteger(value)) this.states[column] = null;
    else if (value >= 0 && found.add(value).size > mostStates) this.states[column] = null;
  }

  private follow({ time, source }: FrameBatch, starts: boolean): void {
    for (let i = 0; i < time.length; i++) {
      const step = time[i] - (i > 0 ? time[i - 1] : starts ? NaN : this.lastTime);
      if (Number.isNaN(step)) continue;
      if (Number.isNaN(this.spacing)) this.spacing = rounded(step, 6);
      if (Math.abs(step - this.spacing) > evenWithin * this.spacing)
        this.uneven ??= `${step} ps before frame ${this.frames + i} (${source}) but ${this.spacing} ps at first`;
    }
    this.lastTime = time[time.length - 1];
  }
}
