import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import {
  access,
  constants,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  readTableBatches,
  type Column,
  type FrameBatch,
  type TableOptions,
  type Segment,
} from '../frames/index.js';
import { cacheFolder } from '../support/folders.js';
import { LatentcvError } from '../support/errors.js';

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
  columns: Column[];
  /** Where `columns` are some of those on disk: how many there are, and which of them these are. */
  stored?: { width: number; places: number[] };
  frames: number;
  segments: Segment[];
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
}

const format = 2;
/** A column with more whole numbers is none of states. */
const mostStates = 1000;
const spacingTolerance = 0.01;

/** Where frames come from, to be stored. */
export interface FrameSource {
  files: readonly string[];
  /** What of the files is read, and how: anything that JSON holds. */
  reading: unknown;
  batches(onWarning: (message: string) => void): AsyncIterable<FrameBatch>;
  onWarning?: (message: string) => void;
}

/** The store of tables; see `openStore`. */
export function openFrames(files: readonly string[], reading: TableOptions = {}): Promise<FrameStore> {
  const { columns, begin, end, stride, timeUnit, nonFinite, onWarning } = reading;
  const { names, timestep, dataset, periodic, factors, absent, parts } = reading;
  const notes = files.map((file) => `${file}.columns`).filter((file) => existsSync(file));
  return openStore({
    files: [...files, ...notes],
    reading: [
      ...[columns?.map(String), begin, end, stride, timeUnit, nonFinite, names, timestep, dataset],
      periodic?.map((each) => [each.columns.map(String), each.period]),
      ...[factors, absent, parts],
    ],
    batches: (warn) => readTableBatches(files, { ...reading, onWarning: warn }),
    ...(onWarning && { onWarning }),
  });
}

/**
 * The store of frames of files, beside the first of them (in the cache folder where that cannot be written to); made,
 * in flat memory, where there is none or where files or options are others than it was made from.
 */
export async function openStore(from: FrameSource): Promise<FrameStore> {
  const source = await sourceFingerprint(from);
  const folder = await storeFolder(from.files[0], source);
  const known = await storeIn(folder);
  if (known?.source === source) {
    for (const warning of known.warnings) from.onWarning?.(warning);
    return known;
  }
  const beside = `${folder}.part`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  try {
    const store = await writeFrames(from, beside, { folder, source });
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
    return store;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
}

async function storeIn(folder: string): Promise<FrameStore | undefined> {
  const text = await readFile(join(folder, 'frames.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const store = JSON.parse(text) as FrameStore;
  const { size } = await stat(join(folder, 'values.f32'));
  return size === 4 * store.frames * store.columns.length ? { ...store, folder } : undefined;
}

async function storeFolder(first: string, source: string): Promise<string> {
  const beside = `${resolve(first)}.frames`;
  const writable = await access(dirname(beside), constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? beside : join(cacheFolder(), 'frames', `${basename(first)}-${source.slice(0, 16)}`);
}

/** Path, size, time of change and both ends of each file, and what of it is read. */
async function sourceFingerprint({ files, reading }: FrameSource): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([format, reading, files.length]));
  for (const file of files) {
    const { size, mtimeMs } = await stat(file).catch((error: Error) => {
      throw new LatentcvError('file-not-found', `cannot read ${file}: ${error.message}`);
    });
    hash.update(JSON.stringify([resolve(file), size, mtimeMs]));
    hash.update(endsOf(file, size));
  }
  return hash.digest('hex');
}

function endsOf(file: string, size: number): Uint8Array {
  const length = Math.min(size, 65536);
  const bytes = new Uint8Array(2 * length);
  const handle = openSync(file, 'r');
  readSync(handle, bytes, 0, length, 0);
  readSync(handle, bytes, length, length, size - length);
  closeSync(handle);
  return bytes;
}

async function writeFrames(
  from: FrameSource,
  into: string,
  names: Pick<FrameStore, 'folder' | 'source'>,
): Promise<FrameStore> {
  const warnings: string[] = [];
  const onWarning = (message: string): void => {
    warnings.push(message);
    from.onWarning?.(message);
  };
  const values = await open(join(into, 'values.f32'), 'w');
  const times = await open(join(into, 'times.f64'), 'w');
  const tally = new Tally();
  try {
    for await (const batch of from.batches(onWarning)) {
      tally.add(batch);
      await writeAll(values, Float32Array.from(batch.data));
      await writeAll(times, batch.time);
    }
    await Promise.all([values.sync(), times.sync()]);
  } finally {
    await Promise.all([values.close(), times.close()]);
  }
  const store = { ...names, ...tally.result(from.files), warnings };
  await writeFile(join(into, 'frames.json'), JSON.stringify(store));
  return store;
}

async function writeAll(handle: FileHandle, array: Float32Array | Float64Array): Promise<void> {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}

/** What is to be known of frames that have passed by. */
class Tally {
  private readonly hash = createHash('sha256');
  private columns: Column[] = [];
  private frames = 0;
  private readonly segments: Segment[] = [];
  private spacing = NaN;
  private uneven: string | undefined;
  private min: number[] = [];
  private max: number[] = [];
  private states: (Set<number> | null)[] = [];
  private lastTime = NaN;

  add(batch: FrameBatch): void {
    if (this.frames === 0) this.begin(batch.columns);
    const starts = batch.segment === this.segments.length;
    const end = this.frames + batch.frames;
    if (starts) this.segments.push({ start: this.frames, end, source: batch.source });
    else this.segments[batch.segment].end = end;
    this.follow(batch, starts);
    this.hash.update(new Uint8Array(batch.data.buffer, batch.data.byteOffset, batch.data.byteLength));
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
    const fingerprint = this.hash.digest('hex');
    return {
      fingerprint,
      columns,
      frames,
      segments,
      spacing,
      min,
      max,
      states,
      ...(uneven !== undefined && { uneven }),
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
      if (Number.isNaN(this.spacing)) this.spacing = Number(step.toPrecision(6));
      if (Math.abs(step - this.spacing) > spacingTolerance * this.spacing)
        this.uneven ??= `${step} ps before frame ${this.frames + i} (${source}) but ${this.spacing} ps at first`;
    }
    this.lastTime = time[time.length - 1];
  }
}
