import { coreEvents, type StateLabels } from '../sampling/index.js';
import type { Segment, Times } from '../frames/index.js';

/** How a run went between states, by their cores. */
export interface Passages {
  /** `[from][to]`: how often the core of `to` was the next that was reached after that of `from`. */
  counts: number[][];
  /** `[a][b]`: from one to the other and back again, whatever lay between. */
  roundTrips: number[][];
  /** Frames in which the core of another state was reached, in order. */
  frames: number[];
}

/**
 * Passages between the cores of states; none reaches across the end of a range.
 * @param looks look at the run only so often, ps
 */
export function passages(
  cores: StateLabels,
  states: number,
  ranges: readonly Segment[],
  looks?: { time: Times; every: number },
): Passages {
  const table = (): number[][] => Array.from({ length: states }, () => new Array<number>(states).fill(0));
  const [counts, roundTrips] = [table(), table()];
  const frames: number[] = [];
  for (const range of ranges) {
    const next = nextCore(cores, range, looks);
    for (const [from, to, frame] of next) {
      counts[from - 1][to - 1]++;
      frames.push(frame);
    }
    for (let a = 1; a < states; a++)
      for (let b = a + 1; b <= states; b++) {
        const trips = Math.floor(coreEvents(cores, [a, b], [range], looks).length / 2);
        roundTrips[a - 1][b - 1] += trips;
        roundTrips[b - 1][a - 1] += trips;
      }
  }
  return { counts, roundTrips, frames };
}

/** From which core to which, and in which frame, one passage after the other. */
function nextCore(
  cores: StateLabels,
  { start, end }: Segment,
  looks?: { time: Times; every: number },
): [number, number, number][] {
  const found: [number, number, number][] = [];
  let [last, due] = [0, -Infinity];
  for (let frame = start; frame < end; frame++) {
    if (looks) {
      const time = looks.time.at(frame)!;
      if (time < due) continue;
      // times are printed rounded
      due = time + looks.every * 0.999;
    }
    const core = cores[frame];
    if (core === 0) continue;
    if (last !== 0 && core !== last) found.push([last, core, frame]);
    last = core;
  }
  return found;
}
