import { LatentcvError, lastReason, type H5Dataset } from '../../support/index.js';
import type { PreparedAtoms, PreparedFrame } from '../foreign/index.js';

/** A trajectory in an HDF5 file. */
export interface Hdf5Frames {
  /** What the user calls its format. */
  format: string;
  atoms: PreparedAtoms;
  frames: number;
  /** What whoever reads it should know. */
  notes: readonly string[];
  /** `[frames, atoms, 3]`, or `[atoms, 3]` of one frame. */
  positions: H5Dataset;
  /**
   * Frames `[from, to)`.
   * @throws where the file is damaged there.
   */
  read(from: number, to: number): PreparedFrame[];
}

/** How it is read. */
export interface Hdf5Reading {
  /** Units of length in one nm, whatever the file tells; 0: as it tells. */
  perNanometre: number;
  /** ps of a step is told elsewhere, so that a unit of time is not needed. */
  timestepTold: boolean;
}

/** Atoms of which nothing is told. */
export function namelessAtoms(count: number): PreparedAtoms {
  const none = new Array<string>(count).fill('');
  const numbers = new Float64Array(count).fill(NaN);
  return {
    names: none,
    types: none,
    residueNames: none,
    chains: none,
    residueIds: numbers,
    masses: numbers,
    bonds: [],
  };
}

/** Positions of a row of an array `[frames, atoms, 3]`, nm. */
export function positionsIn(
  values: ArrayLike<number>,
  row: number,
  atoms: number,
  perNanometre: number,
): Float64Array {
  const out = new Float64Array(3 * atoms);
  for (let i = 0, at = 3 * atoms * row; i < out.length; i++, at++) out[i] = values[at] / perNanometre;
  return out;
}

/** Bytes of positions that are read at once, and those that are where the file's chunks are larger. */
const usual = 1 << 24;
const largestRead = 1 << 28;

/** Frames that are read at once: whole chunks of the file, so that each is unpacked once, unless they are huge. */
export function framesAtOnce({ positions, frames }: Hdf5Frames): number {
  const { chunks, size, total_size } = positions.metadata;
  const bytes = Math.max(1, (size * total_size) / Math.max(1, frames));
  const rows = Math.max(1, Math.floor(usual / bytes));
  const chunk = chunks?.[0] ?? 1;
  if (chunk <= rows) return rows - (rows % chunk);
  return chunk * bytes <= largestRead ? chunk : rows;
}

/** Frames from the first on; one that cannot be read is one with its problem, so that the others may be taken. */
export function* readFrames(trajectory: Hdf5Frames, count: number): Generator<PreparedFrame> {
  const atOnce = framesAtOnce(trajectory);
  for (let from = 0; from < count; from += atOnce) {
    const to = Math.min(count, from + atOnce);
    try {
      yield* trajectory.read(from, to);
    } catch {
      for (let i = from; i < to; i++) yield oneFrame(trajectory, i);
    }
  }
}

function oneFrame(trajectory: Hdf5Frames, index: number): PreparedFrame {
  try {
    return trajectory.read(index, index + 1)[0];
  } catch (error) {
    const problem =
      error instanceof LatentcvError ? error.message : `the HDF5 library says: ${lastReason(error)}`;
    return { problem, time: NaN, step: index };
  }
}
