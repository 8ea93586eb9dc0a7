import type { Descriptor } from './descriptor.js';
import { descriptorKinds } from './kinds.js';

type Period = readonly [number, number] | undefined;

const inWords = (period: Period): string =>
  period ? `from ${period[0]} to ${period[1]}` : 'without a period';

/** What is wrong where a variable with this period is said to be this descriptor; undefined where it fits. */
export function periodProblem({ kind }: Descriptor, period: Period): string | undefined {
  const expected = descriptorKinds[kind].period;
  const fits =
    expected && period
      ? expected.every((bound, i) => Math.abs(bound - period[i]) < 1e-6)
      : !expected && !period;
  return fits
    ? undefined
    : `a ${kind} ${expected ? 'from -pi to pi' : 'without a period'} but received one ${inWords(period)}`;
}
