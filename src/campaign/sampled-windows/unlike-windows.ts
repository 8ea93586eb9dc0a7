import { significant } from '../../support/index.js';
import { statisticalInefficiency, type Numbers } from '../../sampling/index.js';
import { meanOf } from './mean.js';

/** Frames of a window: its umbrella's coordinate, and what else was read of them. */
export interface WindowFrames {
  name: string;
  /** Number of its state. */
  state: number;
  coordinate: Numbers;
  others: readonly { label: string; values: Numbers; period?: readonly [number, number] }[];
}

/** Parts of a window's frames that lie below and above what is compared. */
const tail = 0.02;
/** Fewer frames of a window at one place of its coordinate tell little. */
const fewest = 50;
/** Means that lie further apart than so many standard deviations of the frames are told. */
const mostApart = 1;
/** Those that lie so many apart, and so many of their own errors, are no chance: neither window knows what the other holds. */
const certain = { deviations: 2, errors: 6 };

/** Neighbours that hold something else at one place of the coordinate. */
export interface UnlikePair {
  between: [string, string];
  /** States of the windows up to the lower of the two. */
  below: number[];
  /** Columns that differ by more than chance. */
  surely: string[];
  /** What differs most, as a sentence. */
  words: string;
}

/**
 * Windows, neighbours along the coordinate that their biases act on alone, whose frames at one place of it differ in something else: what biases do not
 * tell apart there is the same in both at equilibrium, so that something across the coordinate, slower than the windows, stayed as each began. Neither
 * the overlap of the windows nor the error of MBAR knows it.
 */
export function unlikeWindows(windows: readonly WindowFrames[], coordinate: string): UnlikePair[] {
  const ordered = windows
    .filter((window) => window.coordinate.length > 0)
    .map((window) => ({ ...window, mean: meanOf(window.coordinate), range: rangeOf(window.coordinate) }))
    .sort((a, b) => a.mean - b.mean);
  return ordered.slice(1).flatMap((window, i) => {
    const told = unlike(ordered[i], window, coordinate);
    return told ? [{ ...told, below: ordered.slice(0, i + 1).map(({ state }) => state) }] : [];
  });
}

/** A window, and between which values its coordinate lies but for the tails. */
interface Ranged extends WindowFrames {
  range: [number, number];
}

function unlike(a: Ranged, b: Ranged, coordinate: string): Omit<UnlikePair, 'below'> | undefined {
  const [from, to] = [Math.max(a.range[0], b.range[0]), Math.min(a.range[1], b.range[1])];
  const [there, here] = [a, b].map((window) => indicesWithin(window.coordinate, from, to));
  if (there.length < fewest || here.length < fewest) return undefined;
  const compared = a.others
    .map(({ label, values, period }, column) => {
      const own = Float64Array.from(there, (i) => values[i]);
      const theirs = Float64Array.from(here, (i) => b.others[column].values[i]);
      return { label, period, own, theirs, ...distance(own, theirs, period) };
    })
    .sort((one, other) => other.by - one.by);
  const [apart] = compared;
  if (apart === undefined || apart.by <= mostApart) return undefined;
  const [own, theirs] = [meanOf(apart.own, apart.period), meanOf(apart.theirs, apart.period)];
  const words =
    `windows ${a.name} and ${b.name} do not hold the same at the same ${coordinate} (${significant(from, 3)} to ${significant(to, 3)}, ${there.length} and ${here.length} frames): ` +
    `${apart.label} is ${significant(own, 3)} on average in the one and ${significant(theirs, 3)} in the other, ${significant(apart.by, 2)} standard deviations apart. What is slow across ` +
    `${coordinate} stayed as each window began, which neither free energies nor their errors know: longer windows, other starts, or a second CV`;
  const surely = compared.filter((each) => each.surely).map(({ label }) => label);
  return { between: [a.name, b.name], surely, words };
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

/**
 * Between two means, in units of the frames' deviation in either, and whether that is more than chance, by how long frames stay alike; of a
 * periodic column the larger of its cosines' and its sines'.
 */
function distance(a: Float64Array, b: Float64Array, period?: Period): { by: number; surely: boolean } {
  const [own, theirs] = [a, b].map((values) => partsOf(values, period));
  const parts = own.map((part, i) => {
    const off = Math.abs(meanOf(part) - meanOf(theirs[i]));
    const [one, other] = [varianceOf(part), varianceOf(theirs[i])];
    const by = off === 0 ? 0 : off / Math.sqrt((one + other) / 2);
    if (by <= certain.deviations) return { by, surely: false };
    const error = Math.sqrt(one / independent(part) + other / independent(theirs[i]));
    return { by, surely: off > certain.errors * error };
  });
  return { by: Math.max(...parts.map(({ by }) => by)), surely: parts.some(({ surely }) => surely) };
}

/** How many independent frames a series is worth. */
const independent = (values: Float64Array): number =>
  values.length / statisticalInefficiency(values, [{ start: 0, end: values.length }]);

function partsOf(values: Float64Array, period?: Period): Float64Array[] {
  if (!period) return [values];
  const scale = (2 * Math.PI) / (period[1] - period[0]);
  return [Math.cos, Math.sin].map((part) => values.map((value) => part(value * scale)));
}

function varianceOf(values: Float64Array): number {
  const middle = meanOf(values);
  return meanOf(values.map((value) => (value - middle) ** 2));
}
