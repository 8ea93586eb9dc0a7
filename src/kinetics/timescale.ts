import type { HeldOutAutocorrelation } from './slow-processes.js';

/** A time scale with the central 68 % of what blocks of time allow. */
export interface TimescaleEstimate {
  value: number;
  lower: number;
  upper: number;
}

/** A time scale shorter than a third of the lag cannot be told: e⁻³ of it is left. */
const leastLeft = 0.05;

/**
 * t = −τ/ln λ with errors from that of λ, to first order in ln t; in the unit of the lag. Undefined at λ of 1 and above, where
 * nothing decays but by round-off, and where less than a twentieth is left at the lag, which chance makes as well.
 */
export function timescaleOf(
  { value, error }: HeldOutAutocorrelation,
  lag: number,
): TimescaleEstimate | undefined {
  if (!(value > leastLeft && value < 1)) return undefined;
  const rate = -Math.log(value);
  const factor = Math.exp(error / (value * rate));
  const t = lag / rate;
  return { value: t, lower: t / factor, upper: t * factor };
}
