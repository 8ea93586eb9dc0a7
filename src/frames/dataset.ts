/** A stretch of frames that follow one another in time: pairs at a lag never cross its ends. */
export interface Segment {
  /** First frame of the stretch, and one past its last. */
  start: number;
  end: number;
  /** Where the frames came from, for messages and reports. */
  source: string;
}

/** What PLUMED says of a column: its domain where the quantity is periodic. */
export interface Column {
  label: string;
  /** Domain in the column's unit (`-pi` and `pi` are already numbers), or undefined where not periodic or not told. */
  period?: readonly [number, number];
  /** What kind of number it is (`length`, `count`, …), where known: the columns of one share a scale in training. */
  quantity?: string;
  /** Read beside what is learned from: rules of states are about it. */
  aside?: true;
}

/** Frames × columns, with times in ps. */
export interface Dataset {
  columns: Column[];
  /** Number of frames. */
  frames: number;
  /** Row-major `[frames, columns]`. */
  data: Float64Array;
  /** Time of each frame in ps. */
  time: Float64Array;
  segments: Segment[];
}
