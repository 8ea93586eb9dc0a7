import { significant } from '../../support/index.js';
import type { Numbers } from '../../sampling/index.js';
import { meanOf } from './mean.js';

/** Frames of a window: its umbrella's coordinate, and what else was read of them. */
export interface WindowFrames {
  name: string;
  coordinate: Numbers;
  others: readonly { label: string; values: Numbers; period?: readonly [number, number] }[];
}

/** Parts of a window's frames that lie below and above what is compared. */
const tail = 0.02;
/** Fewer frames of a window at one place of its coordinate tell little. */
const fewest = 50;
/** Means that lie further apart than so many standard deviations of the frames are told. */
const mostApart = 1;

/**
 * Windows, neighbours along the coordinate that their biases act on alone, whose frames at one place of it differ in something else: what biases do not
 * tell apart there is the same in both at equilibrium, so that something across the coordinate, slower than the windows, stayed as each began. Neither
 * the overlap of the windows nor the error of MBAR knows it.
 * @returns a sentence for each pair, of what differs most
 */
export function unlikeWindows(windows: readonly WindowFrames[], coordinate: string): string[] {
  const ordered = windows
    .filter((window) => window.coordinate.length > 0)
    .map((window) => ({ ...window, mean: meanOf(window.coordinate), range: rangeOf(window.coordinate) }))
    .sort((a, b) => a.mean - b.mean);
  return ordered.slice(1).flatMap((window, i) => {
    const told = unlike(ordered[i], window, coordinate);
    return told === undefined ? [] : [told];
  });
}

/** A window, and between which values its coordinate lies but for the tails. */
interface Ranged extends WindowFrames {
  range: [number, number];
}

function unlike(a: Ranged, b: Ranged, coordinate: string): string | undefined {
  const [from, to] = [Math.max(a.range[0], b.range[0]), Math.min(a.range[1], b.range[1])];
  const [there, here] = [a, b].map((window) => indicesWithin(window.coordinate, from, to));
  if (there.length < fewest || here.length < fewest) return undefined;
  const apart = a.others
    .map(({ label, values, period }, column) => {
      const own = Float64Array.from(there, (i) => values[i]);
      const theirs = Float64Array.from(here, (i) => b.others[column].values[i]);
      return { label, period, own, theirs, by: distance(own, theirs, period) };
    })
    .sort((one, other) => other.by - one.by)[0];
  if (apart === undefined || apart.by <= mostApart) return undefined;
  const [own, theirs] = [meanOf(apart.own, apart.period), meanOf(apart.theirs, apart.period)];
  return (
    `windows ${a.name} and ${b.name} do not hold the same at the same ${coordinate} (${significant(from, 3)} to ${significant(to, 3)}, ${there.length} and ${here.length} frames): ` +
    `${apart.label} is ${significant(own, 3)} on average in the one and ${significant(theirs, 3)} in the other, ${significant(apart.by, 2)} standard deviations apart. What is slow across ` +
    `${coordinate} stayed as each window began, which neither free energies nor their errors know: longer windows, other starts, or a second CV`
  );
}

function rangeOf(values: Numbers): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))];
  return [at(tail), at(1 - tail)];
}

function indicesWithin(values: Numbers, from: number, to: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] >= from && values[i] <= to) found.push(i);
  return found;
}

type Period = readonly [number, number];

/** Between two means, in units of the frames' deviation in either; of a periodic column the larger of its cosines' and its sines'. */
function distance(a: Float64Array, b: Float64Array, period?: Period): number {
  const [own, theirs] = [a, b].map((values) => partsOf(values, period));
  return Math.max(
    ...own.map((part, i) => {
      const off = Math.abs(meanOf(part) - meanOf(theirs[i]));
      return off === 0 ? 0 : off / Math.sqrt((varianceOf(part) + varianceOf(theirs[i])) / 2);
    }),
  );
}

function partsOf(values: Float64Array, period?: Period): Float64Array[] {
  if (!period) return [values];
  const scale = (2 * Math.PI) / (period[1] - period[0]);
  return [Math.cos, Math.sin].map((part) => values.map((value) => part(value * scale)));
}

function varianceOf(values: Float64Array): number {
  const middle = meanOf(values);
  return meanOf(values.map((value) => (value - middle) ** 2));
}
