/** A stretch of frames that follow one another in time: no pair at a lag, block or transition reaches across its ends. */
export interface Segment {
  /** Its first frame, and one past its last. */
  readonly start: number;
  readonly end: number;
}

/** A segment of a run. */
export interface RunSegment extends Segment {
  start: number;
  end: number;
  /** The run's first file, for messages and reports. */
  source: string;
}

/** What PLUMED says of a column: its domain where the quantity is periodic. */
export interface Column {
  label: string;
  /** Domain in the column's unit (`-pi` and `pi` are already numbers), or undefined where not periodic or not told. */
  period?: readonly [number, number];
  /** What kind of number it is (`length`, `count`, …), where known: the columns of one share a scale in training. */
  quantity?: string;
  /** Read beside what is learned from: rules of states are about it, or it is text. */
  aside?: true;
  /**
   * Labels of two columns of which it is the product of the gradients by mass-weighted coordinates, ∂a/∂x M⁻¹ ∂b/∂xᵀ in their units, nm
   * and amu: nothing is learned from it but what gradients mean.
   */
  metric?: readonly [string, string];
  /** Of a column of text: its values are places in this list. */
  words?: readonly string[];
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
  segments: RunSegment[];
  /** Its rows do not follow one another: they have no times, `time` counts them. */
  rows?: true;
}
