import type { Plateau } from './progress.js';
import type { Course } from '../learnable.js';

/** What each drop leaves of the learning rate. */
const left = 0.3;
/** So many drops at most: a thirty-seventh of the rate is left, of which a step gains next to nothing. */
const mostDrops = 3;
/** Part of the patience for which a loss stands still before the rate drops. */
const wait = 0.25;
/** Part of the loss, or of all that it fell by where that is less, below which a further fall does not count. */
const counts = 1e-3;

/** A training at its whole learning rate. */
export const atFullRate: Plateau = { drops: 0, dropped: 0, loss: Infinity, fell: 0 };

/** Part of the learning rate that drops have left. */
export const rateLeft = ({ drops }: Plateau): number => left ** drops;

/**
 * Lets the learning rate drop where the validation loss has stood still for a quarter of the patience (as ReduceLROnPlateau of
 * PyTorch and Keras do): the rate that finds the way fast is too large to settle with.
 * @param validation the loss after each epoch
 */
export function afterEpoch(
  before: Plateau,
  validation: readonly number[],
  { patience }: Pick<Course, 'patience'>,
): Plateau {
  const epoch = validation.length;
  const loss = validation[epoch - 1];
  const size = Math.max(0, Math.min(validation[0] - before.loss, Math.abs(before.loss)));
  if (loss < before.loss - counts * size) return { ...before, loss, fell: epoch };
  const still = epoch - Math.max(before.fell, before.dropped);
  if (before.drops === mostDrops || still < Math.max(1, wait * patience)) return before;
  return { ...before, drops: before.drops + 1, dropped: epoch };
}
