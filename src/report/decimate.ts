/** At most `most` of the indices below `length`, evenly spaced, the first among them. */
export function evenlySpaced(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.floor((i * length) / most));
}
