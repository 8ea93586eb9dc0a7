import type { Segment } from '../frames/index.js';
import type { Numbers } from '../sampling/index.js';
import type { Layers } from './layers.js';

/** Frames as near as this to a peak or a saddle, in widths of the kernels there, are there. */
const near = 1.5;

/**
 * Standard error of ln(density at a peak / density at a saddle) from how often the run came there: √(1/n + 1/m) with n and m
 * visits, a new one only after another of the three places (this peak, the saddle, the peak beyond); of visits that weigh
 * differently, Kish's effective number. Frames of one visit say the same thing. Infinite where one of them was never
 * visited.
 * @param places cells of the peak, the saddle and the peak beyond it
 */
export function visitError(
  cells: Layers,
  places: readonly [number, number, number],
  { weights, ranges, ofFrames }: { weights: Numbers; ranges: readonly Segment[]; ofFrames: Int32Array },
): number {
  const where = new Uint8Array(cells.size);
  for (let cell = 0; cell < cells.size; cell++) {
    const squared = places.map((place) => cells.squaredFrom(place, cell));
    const nearest = squared.indexOf(Math.min(...squared));
    if (squared[nearest] <= near * near) where[cell] = nearest + 1;
  }
  const visits: [number[], number[], number[]] = [[], [], []];
  for (const { start, end } of ranges) {
    let last = 0;
    for (let frame = start; frame < end; frame++) {
      const place = where[ofFrames[frame]];
      if (place === 0) continue;
      const list = visits[place - 1];
      if (place !== last) list.push(0);
      list[list.length - 1] += weights[frame];
      last = place;
    }
  }
  const [peak, saddle] = visits.map(kish);
  return Math.sqrt(1 / peak + 1 / saddle);
}

function kish(weights: readonly number[]): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
