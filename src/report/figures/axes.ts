import type { ScaleOptions } from '@observablehq/plot';
import type { Quantity } from '../report-data.js';
import type { Units } from '../units.js';

/** `φ (rad)`: an axis's title. */
export function axisTitle({ label, unit }: Quantity): string {
  return unit ? `${label} (${unit})` : label;
}

/** The axis of a free energy. */
export function freeEnergyAxis({ energy }: Units): Quantity {
  return { label: 'Free energy', unit: energy };
}

/** A vertical axis: its title stands clear of the numbers. */
export function upright(quantity: Quantity, more: ScaleOptions = {}): ScaleOptions {
  return axis(quantity, { labelOffset: 52, ...more });
}

/** Scale and axis of a quantity: title in the middle, its domain, parts of π for a torsion. */
export function axis(quantity: Quantity, more: ScaleOptions = {}): ScaleOptions {
  return {
    label: axisTitle(quantity),
    labelAnchor: 'center',
    labelArrow: 'none',
    labelOffset: 40,
    tickSize: 4,
    domain: quantity.domain,
    ...(isTorsion(quantity) && {
      ticks: [-2, -1, 0, 1, 2].map((part) => (part * Math.PI) / 2),
      tickFormat: inPi,
    }),
    ...more,
  };
}

function isTorsion({ unit, domain }: Quantity): boolean {
  return unit === 'rad' && domain !== undefined && Math.abs(domain[1] - domain[0] - 2 * Math.PI) < 1e-6;
}

function inPi(value: number): string {
  const halves = Math.round(value / (Math.PI / 2));
  return ['−π', '−π/2', '0', 'π/2', 'π'][halves + 2] ?? '';
}

/** The domain of values, with a little room; the quantity's own where it has one. */
export function domainOf(quantity: Quantity, values: ArrayLike<number>): [number, number] {
  if (quantity.domain) return [...quantity.domain];
  let [lower, upper] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    lower = Math.min(lower, values[i]);
    upper = Math.max(upper, values[i]);
  }
  if (!(upper >= lower)) return [0, 1];
  const room = (upper - lower) * 0.03 || 0.5;
  return [lower - room, upper + room];
}

/** The quantity with the domain of its values. */
export function fitted(quantity: Quantity, values: ArrayLike<number>): Quantity {
  return { ...quantity, domain: domainOf(quantity, values) };
}
