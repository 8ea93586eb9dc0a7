import assert from 'node:assert/strict';
import type { MethodName } from '../../src/models/index.js';
import { train, type TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from './tables.js';

/** Frames on a bent curve in three dimensions, with noise. */
export function curve(frames: number): ReturnType<typeof datasetOf> {
  const random = new Random(12);
  const rows = Array.from({ length: frames }, () => {
    const t = random.uniform(-1.5, 1.5);
    return [t, t * t, Math.sin(2 * t)].map((value) => value + 0.05 * random.normal());
  });
  return datasetOf(['x', 'y', 'z'], rows);
}

export const options: TrainOptions = {
  hidden: [16],
  latent: 1,
  epochs: 120,
  batch: 256,
  learningRate: 5e-3,
  spread: 0,
};

/** Trains one latent on a curve, and expects it to explain most of the variance. */
export async function explainsCurve(method: MethodName): Promise<void> {
  const { record } = await train(curve(3000), { ...options, method });
  const explained = record.fractionOfVarianceExplained!;
  assert.ok(explained > 0.85 && explained < 1, `${explained} of the variance`);
}
