/** PLUMED prints times with six decimals: two that are the same may differ by one in the last, and by rounding. */
const printed = 2e-6;

/** What a time in single precision, as GROMACS writes it, may be off by. */
export function singleRoundoff(time: number): number {
  return 2 ** -23 * Math.abs(time);
}

/**
 * Times closer than this are the same frame's: what printing or single precision takes from a time, but never as much as
 * half of what lies between two frames.
 */
export function sameTime(time: number, spacing: number): number {
  const coarse = printed + singleRoundoff(time);
  return spacing > 0 ? Math.min(coarse, spacing / 4) : coarse;
}

/** Frames further apart than this many spacings are no neighbours: half a frame lies between one spacing and two. */
export const holeFrom = 1.5;

/** Part of the spacing that a time between frames may be off by: what times lose in print or in single precision. */
export const evenWithin = 0.01;

/** Part of the spacing within which a time need not be remembered, since the spacing tells it: a tenth of the above. */
export const toldBySpacing = 0.001;
