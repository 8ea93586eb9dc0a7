import { LatentcvError } from '../../src/support/errors.js';
import type { Timing } from './timing.js';
import { least, singlePrecision, type Variant } from './variants.js';

/** Largest difference from the reference, relative to its largest number: rounding of float32 and of float64. */
const tolerances = { single: 2e-5, double: 1e-10 };
const reference: Variant = 'onnx-model-atoms-double';

/** @throws `bad-data` where a variant's bias, forces or virial is not that of ATOMS in double precision. */
export function expectAgreement(network: string, timings: readonly Timing[]): void {
  const expected = timings.find(({ label }) => label === reference)!;
  for (const timing of timings) {
    if (timing.label === 'distance' || timing.label === least) continue;
    const tolerance = singlePrecision.has(timing.label) ? tolerances.single : tolerances.double;
    const worst = worstDifference(expected, timing);
    if (worst <= tolerance) continue;
    throw new LatentcvError(
      'bad-data',
      `expected ${timing.label} to give the bias, forces and virial of ${reference} with ${network} but they differ by ${worst.toExponential(1)} (at most ${tolerance} relative)`,
    );
  }
}

/** Of bias, forces and virial, each relative to the largest number. */
export function worstDifference(expected: Timing, timing: Timing): number {
  return Math.max(
    difference([expected.bias], [timing.bias]),
    difference(expected.forces, timing.forces),
    difference(expected.virial, timing.virial),
  );
}

function difference(expected: readonly number[], actual: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i]))) / scale;
  return expected.length === actual.length && !Number.isNaN(worst) ? worst : Infinity;
}
