import type { TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';

/** Two states on half circles around one another: no linear direction separates them. */
export function crescents(frames: number, seed: number): { rows: number[][]; state: number[] } {
  const random = new Random(seed);
  const state = Array.from({ length: frames }, (_, i) => i % 2);
  const rows = state.map((s) => {
    const t = Math.PI * random.uniform();
    const [x, y] = s === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.4 - Math.sin(t)];
    return [x + 0.08 * random.normal(), y + 0.08 * random.normal(), s];
  });
  return { rows, state };
}

export const network: TrainOptions = {
  hidden: [24, 24],
  batch: 512,
  epochs: 150,
  learningRate: 3e-3,
  spread: 0,
  labels: 'state',
};

export function moments(
  values: Float64Array,
  state: number[],
  of: number,
): { mean: number; deviation: number } {
  const picked = [...values].filter((_, i) => state[i] === of);
  const mean = picked.reduce((sum, v) => sum + v / picked.length, 0);
  return { mean, deviation: Math.sqrt(picked.reduce((sum, v) => sum + (v - mean) ** 2 / picked.length, 0)) };
}
