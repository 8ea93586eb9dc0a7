import { createHash } from 'node:crypto';

/** In single precision where runs are long. */
type Numbers = Float64Array | Float32Array;

/** Values of some frames of a file. */
export interface TimedValues {
  /** ps, growing. */
  time: Numbers;
  values: Numbers;
}

/** A column that files do not have: its values are known by file and time, and are 0 in frames that have none. */
export class AddedColumn {
  /** Equal for columns of equal values, for what is kept of frames. */
  readonly key: string;

  constructor(
    readonly label: string,
    private readonly files: ReadonlyMap<string, TimedValues>,
  ) {
    const hash = createHash('sha256').update(label);
    for (const [path, { time, values }] of files) {
      hash.update(`\0${path}\0`);
      for (const numbers of [time, values]) hash.update(Float64Array.from(numbers));
    }
    this.key = hash.digest('hex');
  }

  /** The value in the frame of a file at a time, ps. */
  at(path: string, time: number): number {
    const known = this.files.get(path);
    if (!known) return 0;
    const row = nearest(known.time, time);
    return row === undefined ? 0 : known.values[row];
  }
}

/** Part of what lies between two known times by which one that is the same may be off: times of long runs are kept by their spacing. */
const sameWithin = 5e-3;

/** The row of the same time, where there is one. */
function nearest(times: Numbers, time: number): number | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  const row = low > 0 && !(Math.abs(times[low] - time) < Math.abs(times[low - 1] - time)) ? low - 1 : low;
  if (row >= times.length) return undefined;
  const spacing = Math.min(
    ...[row - 1, row + 1].map((other) => Math.abs(times[other] - times[row]) || Infinity),
  );
  const allowed = sameWithin * (spacing < Infinity ? spacing : 0) + 1e-9 * Math.abs(time);
  return Math.abs(times[row] - time) <= allowed ? row : undefined;
}
