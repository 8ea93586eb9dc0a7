import { loadAddon, type AddonDescriptorReader, type StructureContents } from './addon.js';
import { loadChemfiles } from './chemfiles.js';
import { ownFormat } from './formats.js';
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
 * Reads the first frame of a file, and what it says of its atoms, on another thread.
 * Throws LatentcvError `file-not-found`, `bad-data`, `missing-tool`.
 */
export async function openStructure(source: TrajectorySource): Promise<StructureContents> {
  if (ownFormat(source.path, source.format) === undefined) loadChemfiles();
  return rethrowLater(loadAddon().openStructure(source));
}

/** Computes descriptors of frames by the code that the PLUMED plugin runs, on threads of its own. */
export class DescriptorReader {
  private readonly reader: AddonDescriptorReader;
  private readonly width: number;

  /** Throws LatentcvError `bad-model` for a line that is no descriptor. */
  constructor(reading: DescriptorReading) {
    this.width = reading.descriptors.length;
    this.reader = rethrow(() => new (loadAddon().NativeDescriptorReader)(reading));
  }

  /**
   * How many frames a file has. Of one that is salvaged, damaged ones count too. `mismatch` tells how their number differs
   * from what the file says of it: CHARMM writes how many it means to write. Throws LatentcvError `file-not-found`, `bad-data`.
   */
  async countFrames(source: TrajectorySource): Promise<{ frames: number; mismatch: string }> {
    return rethrowLater(this.of(source).countFrames(source));
  }

  /** The reader, with chemfiles where a file needs it. */
  private of({ path, format }: TrajectorySource): AddonDescriptorReader {
    if (ownFormat(path, format) === undefined) loadChemfiles();
    return this.reader;
  }

  /**
   * Frames `first`, `first + stride`, …, `count` of them; one call at a time. Their descriptors are written to the
   * beginning of `room`, where that is given.
   */
  async read(
    source: TrajectorySource,
    first: number,
    count: number,
    stride: number,
    room?: Float64Array,
  ): Promise<NativeBatch> {
    const values = (room ?? new Float64Array(count * this.width)).subarray(0, count * this.width);
    return { ...(await rethrowLater(this.of(source).read(source, first, count, stride, values))), values };
  }
}

/** What chemfiles warned of since the last call. */
export function chemfilesWarnings(): string[] {
  return loadAddon().takeChemfilesWarnings();
}
