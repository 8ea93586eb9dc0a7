import type { HeldOutAutocorrelation } from './held-out-autocorrelation.js';

/** A time scale with the central 68 % of what blocks of time allow. */
export interface TimescaleEstimate {
  value: number;
  lower: number;
  upper: number;
}

/**
 * t = −τ/ln λ with errors from that of λ, to first order in ln t; in the unit of the lag. Undefined unless 0 < λ < 1: at 1 and
 * above nothing decays but by round-off, at 0 and below all has decayed.
 */
export function timescaleOf({ value, error }: HeldOutAutocorrelation, lag: number): TimescaleEstimate | undefined {
  if (!(value > 0 && value < 1)) return undefined;
  const rate = -Math.log(value);
  const factor = Math.exp(error / (value * rate));
  const t = lag / rate;
  return { value: t, lower: t / factor, upper: t * factor };
}
