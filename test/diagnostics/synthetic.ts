import type { Dataset, RunSegment } from '../../src/frames/index.js';
import { randomNumbers } from '../free-energy/random.js';

/** Trajectories of one table, a ps between frames. */
export function dataset(
  labels: readonly string[],
  columns: readonly ArrayLike<number>[],
  segments: RunSegment[] = [{ start: 0, end: columns[0].length, source: 'COLVAR' }],
): Dataset {
  const frames = columns[0].length;
  const data = new Float64Array(frames * labels.length);
  columns.forEach((values, i) => {
    for (let frame = 0; frame < frames; frame++) data[frame * labels.length + i] = values[frame];
  });
  const time = new Float64Array(frames);
  for (const { start, end } of segments) for (let i = start; i < end; i++) time[i] = i - start;
  return { columns: labels.map((label) => ({ label })), frames, data, time, segments };
}

/** A Markov chain between 0 and 1: its second eigenvalue is 1 − p − q. */
export function twoStates(frames: number, p: number, q: number, seed: number): Float64Array {
  const { uniform } = randomNumbers(seed);
  const values = new Float64Array(frames);
  for (let i = 1; i < frames; i++) {
    const leave = values[i - 1] === 0 ? p : q;
    values[i] = uniform() < leave ? 1 - values[i - 1] : values[i - 1];
  }
  return values;
}

export function normals(frames: number, seed: number): Float64Array {
  const { normal } = randomNumbers(seed);
  return Float64Array.from({ length: frames }, () => normal());
}
