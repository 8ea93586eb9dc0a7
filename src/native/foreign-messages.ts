import type { ErrorCode } from '../support/errors.js';

/** What is asked of the process that has chemfiles; without a file, where chemfiles is. */
export interface ForeignRequest {
  /** Paths, best first, of libchemfiles. */
  libraries: string[];
  parent: number;
  file?: {
    path: string;
    /** What the user calls it. */
    name: string;
    format: string;
    perNanometre: number;
    /** The first frame alone, with or without positions. */
    structure: boolean;
  };
}

/** What it says on its standard output, one JSON text per line. */
export type ForeignMessage =
  | { library: { version: string; path: string } }
  /** After each that it has written. */
  | { frames: number; of: number; format: string }
  | { warning: string }
  | { error: { code: ErrorCode; message: string } };

/** The descriptor that it writes prepared frames to. */
export const foreignOutput = 3;
/** The descriptor of a file that has no name, such as one that was unpacked. */
export const foreignInput = 4;
