import { LatentcvError } from '../../src/support/errors.js';

/** Relative difference that single precision may make over the compared steps. */
const tolerance = 1e-4;

/**
 * The largest relative difference between losses and those of the first engine, step by step.
 * Throws `bad-data` where it is more than rounding.
 */
export function expectEqualCurves(curves: readonly { engine: string; losses: readonly number[] }[]): number {
  const [reference, ...others] = curves;
  let worst = 0;
  for (const { engine, losses } of others) {
    const differences = reference.losses.map((loss, i) => Math.abs(losses[i] / loss - 1));
    const most = losses.length === reference.losses.length ? Math.max(...differences) : Infinity;
    if (!(most <= tolerance)) {
      throw new LatentcvError(
        'bad-data',
        `expected ${engine} to have the losses of ${reference.engine} but they differ by ${most.toExponential(1)} (at most ${tolerance} relative)`,
      );
    }
    worst = Math.max(worst, most);
  }
  return worst;
}
