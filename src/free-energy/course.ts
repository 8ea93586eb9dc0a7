import { expectList, expectObject, expectWhole } from '../support/index.js';
import { between, framesIn } from '../sampling/index.js';
import type { Segment } from '../frames/index.js';
import { knownIn, type PartialDeltaF, type StateSums } from './delta-f.js';

/** ΔF from parts of every run's kept frames; energies in kJ/mol. */
export interface DeltaFPoint {
  /** Up to this part of every run's kept frames, from above 0 to 1. */
  fraction: number;
  /** From the beginning to there. */
  prefix: PartialDeltaF;
  /** From the point before to there, on its own. */
  block: PartialDeltaF;
}

/**
 * How ΔF came about: from the first 1/points, 2/points, … of every run's kept frames, and from each stretch alone.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function deltaFCourse(sums: StateSums, points = 40): DeltaFPoint[] {
  expectSums(sums);
  expectWhole(points, 'points', 1, 1_000_000);
  return Array.from({ length: points }, (_, i) => ({
    fraction: (i + 1) / points,
    prefix: knownIn(sums, parts(sums, 0, (i + 1) / points)),
    block: knownIn(sums, parts(sums, i / points, (i + 1) / points)),
  }));
}

/** The two halves of every run's kept frames on their own. */
export interface Halves {
  first: PartialDeltaF;
  second: PartialDeltaF;
  /** How many of their combined standard errors they differ by; null where one is not known. */
  sigmas: number | null;
}

export function deltaFHalves(sums: StateSums): Halves {
  expectSums(sums);
  const [first, second] = [knownIn(sums, parts(sums, 0, 0.5)), knownIn(sums, parts(sums, 0.5, 1))];
  const known = first.error !== null && second.error !== null;
  const sigmas = known
    ? Math.abs(first.value! - second.value!) / Math.hypot(first.error!, second.error!)
    : null;
  return { first, second, sigmas };
}

/** Every run's base blocks from one fraction of them to another. */
function parts({ runs }: StateSums, from: number, to: number): Segment[] {
  return runs.flatMap(({ ranges }) => {
    const count = framesIn(ranges);
    return between(ranges, Math.round(from * count), Math.round(to * count));
  });
}

function expectSums(sums: StateSums): void {
  expectObject(sums, 'sums', 'sums over blocks of states');
  expectList(sums.runs, 'sums.runs');
  expectObject(sums.sums, 'sums.sums', 'sums over blocks of states');
}
