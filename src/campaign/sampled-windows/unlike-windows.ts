import { significant } from '../../support/index.js';
import type { Numbers } from '../../sampling/index.js';

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
    .sort((a, b) => mean(a.coordinate) - mean(b.coordinate));
  return ordered.slice(1).flatMap((window, i) => {
    const told = unlike(ordered[i], window, coordinate);
    return told === undefined ? [] : [told];
  });
}

function unlike(a: WindowFrames, b: WindowFrames, coordinate: string): string | undefined {
  const [first, second] = [rangeOf(a.coordinate), rangeOf(b.coordinate)];
  const [from, to] = [Math.max(first[0], second[0]), Math.min(first[1], second[1])];
  const [there, here] = [a, b].map((window) => indicesWithin(window.coordinate, from, to));
  if (there.length < fewest || here.length < fewest) return undefined;
  const apart = a.others
    .flatMap(({ label, values, period }, column) => {
      const others = b.others[column];
      return seriesOf(values, there, period).map((own, part) => {
        const theirs = seriesOf(others.values, here, period)[part];
        return { label, column, by: distance(own, theirs) };
      });
    })
    .sort((one, other) => other.by - one.by)[0];
  if (apart === undefined || apart.by <= mostApart) return undefined;
  const [own, theirs] = [average(a.others[apart.column], there), average(b.others[apart.column], here)];
  return (
    `windows ${a.name} and ${b.name} do not hold the same at the same ${coordinate} (${significant(from, 3)} to ${significant(to, 3)}, ${there.length} and ${here.length} frames): ` +
    `${apart.label} is ${significant(own, 3)} on average in the one and ${significant(theirs, 3)} in the other, ${significant(apart.by, 2)} standard deviations apart. What is slow across ` +
    `${coordinate} stayed as each window began, which neither free energies nor their errors know: longer windows, other starts, or a second CV`
  );
}

const mean = (values: Numbers): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};

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

/** Values of some frames; of a periodic column its cosine and sine. */
function seriesOf(
  values: Numbers,
  indices: readonly number[],
  period?: readonly [number, number],
): Float64Array[] {
  if (!period) return [Float64Array.from(indices, (i) => values[i])];
  const angle = (i: number): number => (2 * Math.PI * values[i]) / (period[1] - period[0]);
  return [Math.cos, Math.sin].map((part) => Float64Array.from(indices, (i) => part(angle(i))));
}

/** Between two means, in units of the frames' deviation in either. */
function distance(a: Float64Array, b: Float64Array): number {
  const variance = (varianceOf(a) + varianceOf(b)) / 2;
  const off = Math.abs(mean(a) - mean(b));
  return off === 0 ? 0 : off / Math.sqrt(variance);
}

function varianceOf(values: Float64Array): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

function average({ values, period }: WindowFrames['others'][number], indices: readonly number[]): number {
  const parts = seriesOf(values, indices, period).map(mean);
  if (!period) return parts[0];
  return (Math.atan2(parts[1], parts[0]) * (period[1] - period[0])) / (2 * Math.PI);
}
