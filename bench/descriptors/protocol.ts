import type { Seconds } from '../contestants/stopwatch.js';

/** What a reader is asked, and what it answers. */
export interface ReaderProtocol {
  /** Descriptors of the first frames, `[frames][descriptors]`, nm or rad. */
  values: { ask: { case: string; frames: number }; answer: { values: number[][] } };
  /** All frames of the file: how many were counted, and the time that they took. */
  read: { ask: ReadQuestion; answer: Reading };
  memory: { ask: object; answer: { peakMegabytes: number } };
}

export interface ReadQuestion {
  case: string;
  file: keyof typeof files;
  /** Ours alone: compute none of the descriptors. */
  empty?: boolean;
}

export interface Reading extends Seconds {
  frames: number;
}

/** The same frames, more of them (`long`) or fewer; in a problem's folder. */
export const files = {
  frames: 'frames.xtc',
  long: 'frames-long.xtc',
  few: 'frames-few.xtc',
  fewest: 'frames-fewest.xtc',
};
