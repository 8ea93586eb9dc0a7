/**
 * An open interval of a coordinate. On a periodic coordinate `lower > upper` means the interval that
 * passes through the boundary: `[2.8, -2.8]` is the 0.68 rad around ±π.
 */
export type Interval = readonly [lower: number, upper: number];

/** Whether a value lies in the interval; NaN lies in none. */
export function isWithin(value: number, [lower, upper]: Interval): boolean {
  return lower <= upper ? value > lower && value < upper : value > lower || value < upper;
}

/** A mask `[frames]`, 1 where the value lies in the interval. */
export function framesWithin(values: Float64Array, interval: Interval): Uint8Array {
  return Uint8Array.from(values, (value) => (isWithin(value, interval) ? 1 : 0));
}

/** The complement of a mask. */
export function framesOutside(mask: Uint8Array): Uint8Array {
  return mask.map((inside) => 1 - inside);
}
