import type { Curves } from '../learned.js';

/** The last part of a training, in which a loss that is still falling has to fall. */
const lastPart = 0.2;
/** Part of all that the loss fell by, below which a further fall is worth no word. */
const worthwhile = 0.005;
/** Standard errors that a fall has to exceed. */
const beyondNoise = 3;
const fewestEpochs = 10;

/**
 * Whether a validation loss was still falling when a training ended at its most epochs: its best epoch is among the last
 * tenth, and over the last fifth a line through it falls by more than three of its standard errors (from the scatter about
 * it, neighbouring epochs taken as alike) and by at least 0.5 % of what the loss fell by in all.
 */
export function stillFalling(
  { curves: { validation }, bestEpoch }: { curves: Pick<Curves, 'validation'>; bestEpoch: number },
  epochs: number,
): boolean {
  const count = validation.length;
  if (count < epochs || count < fewestEpochs || bestEpoch < 0.9 * count - 1) return false;
  const last = validation.slice(-Math.max(fewestEpochs / 2, Math.round(lastPart * count)));
  const { fall, error } = fallOf(last);
  return fall > beyondNoise * error && fall > worthwhile * (validation[0] - validation[bestEpoch]);
}

/** How far the straight line through values falls from the first to the last, with its standard error. */
function fallOf(values: readonly number[]): { fall: number; error: number } {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const spread = (n * (n * n - 1)) / 12;
  const slope = values.reduce((sum, value, i) => sum + ((i - middle) * (value - mean)) / spread, 0);
  const residuals = values.map((value, i) => value - mean - slope * (i - middle));
  const variance = residuals.reduce((sum, r) => sum + r * r, 0) / Math.max(1, n - 2);
  return { fall: -slope * (n - 1), error: (n - 1) * Math.sqrt((variance * alike(residuals)) / spread) };
}

/** Neighbouring residuals go together, so that fewer of them count: (1 + ρ)/(1 − ρ) with their autocorrelation ρ. */
function alike(residuals: readonly number[]): number {
  const squares = residuals.reduce((sum, r) => sum + r * r, 0);
  if (squares === 0) return 1;
  const products = residuals.slice(1).reduce((sum, r, i) => sum + r * residuals[i], 0);
  const rho = Math.min(0.9, Math.max(0, products / squares));
  return (1 + rho) / (1 - rho);
}

/** A round number of epochs to go on with, at least four times as many. */
export function moreEpochs(epochs: number): number {
  const decade = 10 ** Math.floor(Math.log10(4 * epochs));
  return [1, 2, 5, 10].map((digit) => digit * decade).find((round) => round >= 4 * epochs)!;
}

/**
 * What is said of a training whose validation loss was still falling at its end.
 * @param more what goes further beside more epochs
 */
export function stillFallingWarning(epochs: number, more = ''): string {
  return `the validation loss was still falling at epoch ${epochs} of ${epochs}: ${more}‘epochs: ${moreEpochs(epochs)}’ goes further`;
}
