import type { ErrorCode } from '../../support/index.js';

/** What reads a file in a process of its own. */
export type ForeignReader = 'chemfiles' | 'HDF5';

/** A structure of atoms, as chemfiles tells it. */
export interface ForeignStructure {
  names: string[];
  /** As the names where the file tells no types. */
  types: string[];
  /** `[atoms, 3]`, nm; none where the file has none. */
  positions: number[];
  /** Box vectors as rows, nm. */
  box?: number[];
  /** What to know of the file. */
  notes: string[];
}

/** What went wrong, as it is told between processes. */
export interface ForeignError {
  code: ErrorCode;
  message: string;
  hint?: string | undefined;
}

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
  /** Files whose first structures are told one after the other, in place of a file. */
  structures?: readonly string[];
}

/** What it says on its standard output, one JSON text per line. */
export type ForeignMessage =
  | { library: { version: string; path: string } }
  /** Before the first, of a reader that knows: bytes that all will take. */
  | { room: number }
  /** After each that it has written. */
  | { frames: number; of: number; format: string }
  /** The next of the structures that were asked for, or why it cannot be read. */
  | { structure: ForeignStructure }
  | { refused: ForeignError }
  | { warning: string }
  | { error: ForeignError };

/** The descriptor that it writes prepared frames to. */
export const foreignOutput = 3;
/** The descriptor of a file that has no name, such as one that was unpacked. */
export const foreignInput = 4;
