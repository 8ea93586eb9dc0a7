import { LatentcvError } from '../../src/support/errors.js';
import type { DescriptorCase } from './descriptor-case.js';

/** nm and rad: what positions in single precision make of a distance, and of a torsion about bonds of 0.15 nm. */
const tolerances = { distance: 1e-5, torsion: 1e-4 };

/** What a reader computed of the first frames, `[frames][descriptors]`, nm or rad. */
export interface ReaderValues {
  reader: string;
  values: readonly (readonly number[])[];
}

/** The largest difference from the first reader's values. Throws `bad-data` where it is more than rounding. */
export function expectEqualValues(
  { name, kind }: Pick<DescriptorCase, 'name' | 'kind'>,
  [reference, ...others]: readonly ReaderValues[],
): number {
  const worst = others.map(({ reader, values }) => {
    const most = difference(kind, reference.values, values);
    if (most <= tolerances[kind]) return most;
    throw new LatentcvError(
      'bad-data',
      `expected ${reader} to have the values of ${reference.reader} for ${name} but they differ by ${most.toExponential(1)} (at most ${tolerances[kind]})`,
    );
  });
  return Math.max(0, ...worst);
}

/** Infinity where one has other numbers of values, or any that is none. */
function difference(
  kind: DescriptorCase['kind'],
  a: ReaderValues['values'],
  b: ReaderValues['values'],
): number {
  if (a.length === 0 || a.length !== b.length || a.some((row, i) => row.length !== b[i].length))
    return Infinity;
  const most = a
    .flatMap((row, i) => row.map((value, j) => apart(kind, value - b[i][j])))
    .reduce((worst, each) => (each <= worst ? worst : each), 0);
  return Number.isNaN(most) ? Infinity : most;
}

function apart(kind: DescriptorCase['kind'], difference: number): number {
  const turns = kind === 'torsion' ? Math.round(difference / (2 * Math.PI)) : 0;
  return Math.abs(difference - turns * 2 * Math.PI);
}
