import type { SampledRun } from '../free-energy/index.js';
import type { Quantity } from './report-data.js';

/** Letters of torsions. */
const greek: Record<string, string> = { phi: 'φ', psi: 'ψ', omega: 'ω', theta: 'θ', chi: 'χ' };

/**
 * A run's column as an axis shows it. What has a period of 2π is an angle: in rad, ticked in parts of π, `phi` and `psi` by their
 * letters. Of other columns the unit is what is known of it.
 */
export function quantityOf({ period }: Pick<SampledRun, 'period'>, label: string, unit?: string): Quantity {
  const domain = period(label);
  if (domain && isTurn(domain)) return { label: inGreek(label), unit: 'rad', domain };
  return { label, ...(unit !== undefined && { unit }), ...(domain && { domain }) };
}

const isTurn = ([lower, upper]: readonly [number, number]): boolean =>
  Math.abs(upper - lower - 2 * Math.PI) < 1e-6;

const inGreek = (label: string): string =>
  label.replace(/^(phi|psi|omega|theta|chi)(?=$|[-_]?\d+$)/, (name) => greek[name]);
