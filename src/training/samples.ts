import type { Segment } from '../frames/dataset.js';

/** What a step learns from: frames, or pairs of frames, by their row in the table. */
export interface Samples {
  now: Int32Array;
  /** Second ends of the pairs, where the method has pairs. */
  later?: Int32Array;
  /** One for each of `now`, mean 1 over the training samples; absent where all weigh alike. */
  weight?: Float32Array;
}

export interface Split {
  train: Samples;
  validation: Samples;
}

export interface SplitOptions {
  /** Lag in frames; 0 where the method has no pairs. */
  lag: number;
  /** Number of time blocks over all segments together; every fifth, from the third, validates. */
  blocks?: number;
  /** Weight of each frame. A pair has that of its first frame. */
  weights?: Float64Array;
}

/**
 * Splits by blocks of time, never by random frame: neighbouring frames are nearly copies of one another, and
 * a random split would let the validation set see the training set. A pair whose ends lie in different
 * blocks or segments is left out.
 */
export function splitByTime(segments: Segment[], { lag, blocks = 10, weights }: SplitOptions): Split {
  const train: number[] = [];
  const validation: number[] = [];
  timeBlocks(segments, blocks).forEach(({ start, end }, index) => {
    const side = index % 5 === 2 ? validation : train;
    for (let frame = start; frame + lag < end; frame++) side.push(frame);
  });
  return { train: samples(train, lag, weights), validation: samples(validation, lag, weights) };
}

function samples(frames: number[], lag: number, weights?: Float64Array): Samples {
  const now = Int32Array.from(frames);
  return {
    now,
    ...(lag > 0 && { later: now.map((frame) => frame + lag) }),
    ...(weights && { weight: meanOne(Float32Array.from(now, (frame) => weights[frame])) }),
  };
}

function meanOne(weight: Float32Array): Float32Array {
  const mean = weight.reduce((sum, value) => sum + value / weight.length, 0);
  return mean > 0 ? weight.map((value) => value / mean) : weight;
}

/** Training and validation samples together, with their weights. */
export function allSamples({ train, validation }: Split): Samples {
  return {
    now: joined(Int32Array, train.now, validation.now),
    ...(train.later && validation.later && { later: joined(Int32Array, train.later, validation.later) }),
    ...(train.weight &&
      validation.weight && { weight: joined(Float32Array, train.weight, validation.weight) }),
  };
}

function joined<A extends Int32Array | Float32Array>(make: new (length: number) => A, a: A, b: A): A {
  const both = new make(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function timeBlocks(segments: Segment[], count: number): { start: number; end: number }[] {
  const total = segments.reduce((sum, s) => sum + s.end - s.start, 0);
  return segments.flatMap(({ start, end }) => {
    const parts = Math.max(1, Math.round((count * (end - start)) / total));
    const bound = (part: number): number => start + Math.floor(((end - start) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ start: bound(part), end: bound(part + 1) }));
  });
}
