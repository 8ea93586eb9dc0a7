import type { Feed, Feeds, Shape } from '../../src/graph/index.js';

/** Repeatable numbers in [0, 1): Park and Miller's generator. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Lengths that named axes take in tests. */
export const testLengths: Readonly<Record<string, number>> = { n: 3, m: 2 };

export function randomFeed(
  random: () => number,
  shape: Shape,
  [low, high]: readonly [number, number] = [-1, 1],
): Feed {
  const known = shape.map((dim) => (typeof dim === 'number' ? dim : testLengths[dim]));
  const data = Float64Array.from(
    { length: known.reduce((a, b) => a * b, 1) },
    () => low + (high - low) * random(),
  );
  return { shape: known, data };
}

/** The feeds with one value of one input moved. */
export function moved(feeds: Feeds, name: string, at: number, by: number): Feeds {
  const data = Float64Array.from(feeds[name].data);
  data[at] += by;
  return { ...feeds, [name]: { ...feeds[name], data } };
}

/**
 * Derivatives of a function of one input's values by central differences, extrapolated from two steps
 * (Richardson): error of order step⁴.
 */
export function centralDifferences(
  f: (feeds: Feeds) => number,
  feeds: Feeds,
  name: string,
  step = 1e-3,
): Float64Array {
  const slope = (at: number, h: number) =>
    (f(moved(feeds, name, at, h)) - f(moved(feeds, name, at, -h))) / (2 * h);
  return Float64Array.from(
    feeds[name].data as Float64Array,
    (_, at) => (4 * slope(at, step / 2) - slope(at, step)) / 3,
  );
}

/** Largest difference between two lists, relative to the largest magnitude of the first (at least 1). */
export function difference(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (expected.length !== actual.length) return Infinity;
  const a = Array.from(expected);
  const scale = Math.max(1, ...a.map(Math.abs));
  return Math.max(
    0,
    ...a.map((value, i) => Math.abs(value - actual[i]) / scale).map((x) => (Number.isNaN(x) ? Infinity : x)),
  );
}
