import type { Dataset } from '../../src/frames/index.js';
import { Random } from '../../src/support/random.js';

/** A slow jump process between two states, hidden in six noisy columns of which a fast one is the largest. */
export function hiddenJumps(frames: number, seed = 3): { dataset: Dataset; state: Int8Array } {
  const random = new Random(seed);
  const noise = (): number => random.uniform(-0.5, 0.5);
  const state = new Int8Array(frames);
  const data = new Float64Array(6 * frames);
  let current = 0;
  for (let frame = 0; frame < frames; frame++) {
    if (random.uniform() < 0.01) current = 1 - current;
    state[frame] = current;
    const fast = 3 * noise();
    data.set(
      [fast, -fast + 0.1 * noise(), current + noise(), current * fast, 0.5 * current + noise(), noise()],
      6 * frame,
    );
  }
  const columns = Array.from({ length: 6 }, (_, i) => ({ label: `d${i + 1}` }));
  return { dataset: tableOf(columns, data), state };
}

/** One evenly spaced trajectory, 1 ps apart. */
export function tableOf(columns: Dataset['columns'], data: Float64Array): Dataset {
  const frames = data.length / columns.length;
  const time = Float64Array.from({ length: frames }, (_, i) => i);
  return { columns, frames, data, time, segments: [{ start: 0, end: frames, source: 'test' }] };
}

/** The table with more columns, one value a frame each. */
export function withColumns(dataset: Dataset, more: Record<string, ArrayLike<number>>): Dataset {
  const names = Object.keys(more);
  const [before, width] = [dataset.columns.length, dataset.columns.length + names.length];
  const data = new Float64Array(dataset.frames * width);
  for (let frame = 0; frame < dataset.frames; frame++) {
    data.set(dataset.data.subarray(frame * before, (frame + 1) * before), frame * width);
    names.forEach((name, i) => (data[frame * width + before + i] = more[name][frame]));
  }
  return { ...dataset, columns: [...dataset.columns, ...names.map((label) => ({ label }))], data };
}
