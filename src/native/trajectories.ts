import { loadAddon, type AddonDescriptorReader, type StructureContents } from './addon.js';
import { readable, type ReadableSource } from './readable-source.js';
import { rethrow, rethrowLater } from './rethrow.js';

/** A file of frames or a structure. */
export interface TrajectorySource {
  path: string;
  /** The format's name, `XTC`, `LAMMPS`, …, or an alias; by the file's ending or first bytes where empty. */
  format: string;
  /** The file's units of length in one nm, where the format does not say its own; 0: as the file tells, else Å. */
  perNanometre: number;
  /** Take the good frames of a file that is cut off or damaged. */
  salvage: boolean;
  /** ps of a step, whatever a file says of it whose word on time is not to be trusted (DCD). */
  timestep?: number | undefined;
}

/** Frames as the native reader gives them; rows of frames that are not good mean nothing. */
export interface NativeBatch {
  /** `[frames, descriptors]` */
  values: Float64Array;
  /** ps, or NaN where the file does not tell. */
  times: Float64Array;
  /** MD steps, or places in the file where the format has none. */
  steps: Float64Array;
  /** 1 where the frame has a box. */
  boxes: Uint8Array;
  /** 0 good, 1 without positions (of a TRR file), 2 bad. */
  states: Uint8Array;
  /** What is wrong with each of the bad ones, in their order, with file and frame. */
  problems: string[];
}

/** What is computed of each frame. */
export interface DescriptorReading {
  /** Lines as the model file has them. */
  descriptors: string[];
  references: string[];
  /** The atoms that they count from 0, by places (from 0) in the file. */
  atoms: Uint32Array;
  /** Atoms of the file. */
  total: number;
  minimumImage: boolean;
  threads: number;
}

/**
 * Reads the first frame of a file, and what it says of its atoms, on another thread; files that are packed or of a format
 * that is not ours are made readable first.
 * Throws LatentcvError `file-not-found`, `file-format`, `bad-data`, `missing-tool`, `interrupted`.
 */
export async function openStructure(given: TrajectorySource): Promise<StructureContents> {
  const { source, named } = await readable(given, 'structure');
  const contents = await rethrowLater(loadAddon().openStructure(source), named);
  return { ...contents, notes: contents.notes.map(named) };
}

/** Computes descriptors of frames by the code that the PLUMED plugin runs, on threads of its own. */
export class DescriptorReader {
  private readonly reader: AddonDescriptorReader;
  private readonly width: number;
  private readonly sources = new WeakMap<TrajectorySource, Promise<ReadableSource>>();

  /** Throws LatentcvError `bad-model` for a line that is no descriptor. */
  constructor(reading: DescriptorReading) {
    this.width = reading.descriptors.length;
    this.reader = rethrow(() => new (loadAddon().NativeDescriptorReader)(reading));
  }

  /**
   * How many frames a file has. Of one that is salvaged, damaged ones count too. `notes` tell what
   * else to know of it: CHARMM writes how many frames it means to write, LAMMPS leaves the unit of time open.
   * Throws LatentcvError `file-not-found`, `bad-data`.
   */
  async countFrames(given: TrajectorySource): Promise<{ frames: number; notes: string[] }> {
    const { source, named } = await this.readable(given);
    const { frames, notes } = await rethrowLater(this.reader.countFrames(source), named);
    return { frames, notes: notes.map((note) => named(note)) };
  }

  /**
   * Frames `first`, `first + stride`, …, `count` of them; one call at a time. Their descriptors are written to the
   * beginning of `room`, where that is given.
   */
  async read(
    given: TrajectorySource,
    first: number,
    count: number,
    stride: number,
    room?: Float64Array,
  ): Promise<NativeBatch> {
    const values = (room ?? new Float64Array(count * this.width)).subarray(0, count * this.width);
    const { source, named } = await this.readable(given);
    const batch = await rethrowLater(this.reader.read(source, first, count, stride, values), named);
    return { ...batch, problems: batch.problems.map(named), values };
  }

  /** What is read for a source; a file that is read is looked at once. */
  private readable(given: TrajectorySource): Promise<ReadableSource> {
    const before = this.sources.get(given);
    if (before) return before;
    const found = readable(given, 'frames');
    this.sources.set(given, found);
    return found;
  }
}
