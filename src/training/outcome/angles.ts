import { add, concat, greater, slice, sub, where, type Tensor } from '../../graph/index.js';
import type { Period } from '../../kinetics/index.js';

/** Domain of a CV that is an angle, rad. */
export const angleDomain: readonly [number, number] = [-Math.PI, Math.PI];
const turn = 2 * Math.PI;

/** Parts of the circle that are counted apart, and how many of them are counted together. */
const [parts, together] = [72, 5];
/** Frames this near to the ends of the domain may come out at the other one in single precision, rad. */
const nearEnd = 1e-3;

/** An angle between −2π and 2π as one from −π to π. */
export const wrapped = (angle: number): number => angle - turn * Math.round(angle / turn);

/** The same of the first `angles` columns of `[n, k]`. */
export function wrappedGraph(cv: Tensor, angles: number): Tensor {
  const k = cv.shape[1] as number;
  const own = slice(cv, 1, 0, angles);
  const below = where(greater(-Math.PI, own), add(own, turn), own);
  const within = where(greater(own, Math.PI), sub(own, turn), below);
  return k === angles ? within : concat([within, slice(cv, 1, angles, k)], 1);
}

/**
 * Which angle becomes 0, so that the ends of the domain lie where the frames are fewest (in 5 of 72 parts of the circle; in the middle
 * of the longest gap where there are gaps): what knows of no period then cuts nothing in two that belongs together.
 * @param angles of frames, rad
 */
export function angleOrigin(angles: Float64Array): number {
  const counts = new Float64Array(parts);
  for (const angle of angles) {
    const part = Math.floor((parts * (angle + Math.PI)) / turn);
    for (let i = 0; i < together; i++) counts[(part + i - (together >> 1) + parts) % parts]++;
  }
  const fewest = counts.reduce((least, count) => Math.min(least, count));
  const { first, length } = longestRun(counts, fewest);
  const end = -Math.PI + ((first + length / 2) * turn) / parts;
  return wrapped(end + Math.PI);
}

/** The longest run of parts with so many frames, around the circle. */
function longestRun(counts: Float64Array, value: number): { first: number; length: number } {
  let best = { first: 0, length: 0 };
  for (let first = 0; first < parts; first++) {
    let length = 0;
    while (length < parts && counts[(first + length) % parts] === value) length++;
    if (length > best.length) best = { first, length };
  }
  return best;
}

/** Domains of CVs of which the first `angles` are angles. */
export const angleDomains = (angles: number): readonly Period[] =>
  new Array<Period>(angles).fill(angleDomain);

/** Whether none of a frame's angles lies at the ends of its domain. */
export const offTheEnds = (cv: Float64Array, k: number, angles: number, frame: number): boolean =>
  cv.subarray(frame * k, frame * k + angles).every((angle) => Math.abs(angle) < Math.PI - nearEnd);
