import type { Dataset } from '../../src/frames/index.js';
import type { TrainOptions } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from './tables.js';

/** Rules of the two states at the ends of an arc. */
export const arcStates = 'A: part < 0.02; B: part > 0.98';

/** The class of a frame: the states 0 and 1, or 2, the path. */
export const arcClass = (part: number): number => (part < 0.02 ? 0 : part > 0.98 ? 1 : 2);

/** A run to and fro along half a circle, in x and y, which dwells at its ends; `part` of the way, 0 to 1, is not learned from. */
export function arc(
  frames: number,
  { seed, noise }: { seed: number; noise: number },
): { data: Dataset; part: number[] } {
  const random = new Random(seed);
  let [at, towards, dwell] = [0, 1, 40];
  const part = Array.from({ length: frames }, () => {
    if (dwell > 0) dwell--;
    else at = Math.min(1, Math.max(0, at + (towards - 0.5) * 0.16 + 0.02 * random.normal()));
    if (dwell === 0 && at === towards) [towards, dwell] = [1 - towards, 40];
    return at;
  });
  const off = (): number => noise * random.normal();
  const rows = part.map((p) => [Math.cos(Math.PI * p) + off(), Math.sin(Math.PI * p) + off(), p]);
  const data = datasetOf(['x', 'y', 'part'], rows);
  const columns = data.columns.map((one) => (one.label === 'part' ? { ...one, aside: true as const } : one));
  return { data: { ...data, columns }, part };
}

export const arcTraining: TrainOptions = {
  labels: arcStates,
  hidden: [16, 16],
  latent: 1,
  batch: 500,
  epochs: 300,
  patience: 300,
  learningRate: 5e-3,
  spread: 0,
};
