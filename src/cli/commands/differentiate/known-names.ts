import type { ColumnInterval } from '../../../free-energy/index.js';
import { fitsColumn } from '../../../frames/index.js';
import { closestName, LatentcvError, shortList } from '../../../support/index.js';

/** What an option may name: inputs, none where they are positions of atoms, and CVs. */
export interface KnownNames {
  inputs: readonly string[];
  outputs?: readonly string[];
}

/**
 * @throws LatentcvError `bad-argument`, with the closest name, where an option names what the network has not
 */
export function expectKnownNames(
  option: string,
  given: readonly ColumnInterval[] | undefined,
  { inputs, outputs = [] }: KnownNames,
): void {
  const names = [...inputs, ...outputs];
  const unknown = given?.find(({ column }) => !names.some((name) => fitsColumn(column, name)))?.column;
  if (unknown === undefined) return;
  const closest = closestName(unknown, names);
  const kinds = [...(inputs.length > 0 ? ['an input'] : []), ...(outputs.length > 0 ? ['a CV'] : [])];
  throw new LatentcvError(
    'bad-argument',
    `expected ${kinds.join(' or ')} (${shortList(names)}) for ${option} but received ${unknown}`,
    closest === undefined ? undefined : `did you mean ${closest}?`,
  );
}

/**
 * @throws LatentcvError `bad-argument` where an interval has no finite ends in order, or a name has two
 */
export function expectIntervals(option: string, given: readonly ColumnInterval[] = []): void {
  const refused = (column: string, what: string): LatentcvError =>
    new LatentcvError('bad-argument', `expected ${what} for ${option} but received ${column}`);
  for (const { column, interval } of given) {
    const [lower, upper] = interval;
    if (!(lower < upper && Number.isFinite(upper - lower)))
      throw refused(`${column}=${lower}..${upper}`, 'lower..upper, finite and growing,');
  }
  const twice = given.find(({ column }, i) => given.findIndex((other) => other.column === column) < i);
  if (twice) throw refused(`${twice.column} twice`, 'each name once');
}
