import type { ErrorCode } from '../../support/index.js';

/** What reads a file in a process of its own. */
export type ForeignReader = 'chemfiles' | 'HDF5';

/** What is asked of that process; without a file, where chemfiles is. */
export interface ForeignRequest {
  /** Paths, best first, of libchemfiles. */
  libraries: string[];
  parent: number;
  file?: {
    reader: ForeignReader;
    path: string;
    /** What the user calls it. */
    name: string;
    format: string;
    perNanometre: number;
    /** ps of a step, where the user tells it. */
    timestep?: number | undefined;
    /** The first frame alone, with or without positions. */
    structure: boolean;
  };
}

/** What it says on its standard output, one JSON text per line. */
export type ForeignMessage =
  | { library: { version: string; path: string } }
  /** Before the first, of a reader that knows: bytes that all will take. */
  | { room: number }
  /** After each that it has written. */
  | { frames: number; of: number; format: string }
  | { warning: string }
  | { error: { code: ErrorCode; message: string; hint?: string | undefined } };

/** The descriptor that it writes prepared frames to. */
export const foreignOutput = 3;
/** The descriptor of a file that has no name, such as one that was unpacked. */
export const foreignInput = 4;
