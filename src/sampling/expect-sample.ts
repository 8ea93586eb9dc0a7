import { expectSegments, type Times } from '../frames/index.js';
import { expectFloats, expectList, expectNumber, expectObject, invalidArgument } from '../support/index.js';
import type { WeightedSample } from './reweight.js';

/**
 * Refuses what is no weighted sample of so many frames; looks at its ranges, at no frame.
 * @throws LatentcvError `bad-argument`
 */
export function expectSample(sample: WeightedSample, frames: number): void {
  expectObject(sample, 'sample', 'a weighted sample, as reweight gives it,');
  expectFloats(sample.weights, 'sample.weights', frames);
  expectSegments(sample.ranges, frames, 'sample.ranges');
  expectList(sample.replicas, 'sample.replicas');
  for (const replica of sample.replicas) expectSegments(replica?.ranges, frames, 'sample.replicas');
  expectNumber(sample.temperature, 'sample.temperature', { positive: true });
}

/**
 * Refuses what is not the times of so many frames.
 * @throws LatentcvError `bad-argument`
 */
export function expectTimes(time: Times, frames: number, name = 'time'): void {
  expectObject(time, name, 'the times of frames');
  if (time.length !== frames) throw invalidArgument(`${frames} times`, name, time.length);
}
