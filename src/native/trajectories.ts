import { loadAddon } from './addon.js';
import type {
  AddonDescriptorReader,
  DescriptorLines,
  DescriptorReading,
  NativeBatch,
  StructureContents,
  TrajectorySource,
} from './addon-types.js';
import { readable, type ReadableSource } from './readable-source.js';
import { rethrow, rethrowLater } from './rethrow.js';
import { invalidArgument, expectList, expectObject, expectText, expectWhole } from '../support/index.js';
import { foreignStructures, type ReadForeign } from './foreign/index.js';
import { sourceListener } from './source-listener.js';
import { leftWhenInterrupted, unlessInterrupted } from './unless-interrupted.js';

/**
 * Reads the first frame of a file, and what it says of its atoms, on another thread; files that are packed or of a format
 * that is not ours are made readable first.
 * @throws LatentcvError `file-not-found`, `file-format`, `bad-data`, `missing-tool`, `interrupted`.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function openStructure(given: TrajectorySource): Promise<StructureContents> {
  expectSource(given);
  const { source, named } = await readable(given, 'structure');
  const contents = await rethrowLater(
    leftWhenInterrupted(given.path, () => loadAddon().openStructure(source)),
    named,
  );
  return { ...contents, notes: contents.notes.map(named) };
}

/**
 * The first structures of many small files of a format that is none of ours, such as CIF: chemfiles reads them in a process of its
 * own, one for many of them. Each is told as soon as it is read; in the place of what cannot be read stands why.
 * @throws LatentcvError `missing-tool`, `interrupted`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function openStructures(
  paths: readonly string[],
  onRead: (place: number, read: ReadForeign) => void,
): Promise<void> {
  expectList(paths, 'paths');
  return unlessInterrupted((signal) => foreignStructures(paths, onRead, sourceListener(), signal));
}

/**
 * Descriptors of atoms that no file holds, by the code that the PLUMED plugin runs.
 * @param positions `[atoms, 3]`, nm, of the atoms that the lines count
 * @param box vectors as rows, nm
 * @throws LatentcvError `bad-model` for a line that is no descriptor, `bad-data` where one has no value
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function evaluateDescriptors(
  what: DescriptorLines,
  positions: Float64Array,
  box?: Float64Array,
): Float64Array {
  expectObject(what, 'what');
  expectList(what.descriptors, 'descriptors');
  expectList(what.references, 'references');
  return rethrow(() => loadAddon().evaluateDescriptors(what, positions, box));
}

/** What a frame can be, as `FrameState` of the addon numbers it; frames of TRR files may have no positions. */
export const frameStates = { good: 0, withoutPositions: 1, bad: 2 } as const;

/** Computes descriptors of frames by the code that the PLUMED plugin runs, on threads of its own. */
export class DescriptorReader {
  private readonly reader: AddonDescriptorReader;
  private readonly width: number;
  private readonly sources = new WeakMap<TrajectorySource, Promise<ReadableSource>>();

  /** @throws LatentcvError `bad-model` for a line that is no descriptor. */
  constructor(reading: DescriptorReading) {
    expectReading(reading);
    this.width = reading.descriptors.length + (reading.metric?.pairs.length ?? 0) / 2;
    this.reader = rethrow(() => new (loadAddon().NativeDescriptorReader)(reading));
  }

  /**
   * How many frames a file has. Of one that is salvaged, damaged ones count too. `notes` tell what
   * else to know of it: CHARMM writes how many frames it means to write, LAMMPS leaves the unit of time open.
   * @throws LatentcvError `file-not-found`, `bad-data`.
   */
  async countFrames(given: TrajectorySource): Promise<{ frames: number; notes: string[] }> {
    const { source, named } = await this.readable(given);
    const counted = leftWhenInterrupted(given.path, () => this.reader.countFrames(source));
    const { frames, notes } = await rethrowLater(counted, named);
    return { frames, notes: notes.map((note) => named(note)) };
  }

  /**
   * Frames `first`, `first + stride`, …, `count` of them; one call at a time. Their descriptors, each frame's products of gradients
   * behind them, are written to the beginning of `room`, where that is given.
   * @throws LatentcvError `bad-argument` for numbers that count no frames and for too small a room; as `countFrames`.
   */
  async read(
    given: TrajectorySource,
    first: number,
    count: number,
    stride: number,
    room?: Float64Array,
  ): Promise<NativeBatch> {
    expectSlice(first, count, stride);
    expectRoom(room, count * this.width);
    const values = (room ?? new Float64Array(count * this.width)).subarray(0, count * this.width);
    const { source, named } = await this.readable(given);
    const reading = leftWhenInterrupted(given.path, () =>
      this.reader.read(source, first, count, stride, values),
    );
    const batch = await rethrowLater(reading, named);
    return { ...batch, problems: batch.problems.map(named), values };
  }

  /** What is read for a source; a file that is read is looked at once. */
  private async readable(given: TrajectorySource): Promise<ReadableSource> {
    expectSource(given);
    const before = this.sources.get(given);
    if (before) return before;
    const found = readable(given, 'frames');
    this.sources.set(given, found);
    return found;
  }
}

function expectSlice(first: number, count: number, stride: number): void {
  for (const [name, value, least] of [
    ['first', first, 0],
    ['count', count, 0],
    ['stride', stride, 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < least)
      throw invalidArgument(`a whole number from ${least}`, name, value);
}

function expectRoom(room: unknown, numbers: number): void {
  if (room === undefined) return;
  if (!(room instanceof Float64Array)) throw invalidArgument('a Float64Array', 'room', room);
  if (room.length < numbers) throw invalidArgument(`${numbers} numbers or more`, 'room', room.length);
}

function expectReading(reading: DescriptorReading): void {
  expectObject(reading, 'reading');
  expectList(reading.descriptors, 'descriptors');
  expectList(reading.references, 'references');
  if (reading.points !== undefined) expectList(reading.points, 'points');
  if (!(reading.atoms instanceof Uint32Array)) throw invalidArgument('a Uint32Array', 'atoms', reading.atoms);
  if (reading.metric !== undefined) expectMetric(reading.metric);
  expectWhole(reading.total, 'total', 0);
  expectWhole(reading.threads, 'threads', 1);
}

function expectMetric({ pairs, inverseMasses }: NonNullable<DescriptorReading['metric']>): void {
  if (!(pairs instanceof Uint32Array) || pairs.length % 2 !== 0)
    throw invalidArgument('a Uint32Array of pairs', 'metric.pairs', pairs);
  if (!(inverseMasses instanceof Float64Array))
    throw invalidArgument('a Float64Array', 'metric.inverseMasses', inverseMasses);
}

function expectSource(given: TrajectorySource): void {
  expectObject(given, 'source', 'a source with a path');
  expectText(given.path, 'source.path');
}
