import { LatentcvError } from '../support/index.js';
import {
  confinedVolume,
  coordinatesOf,
  type Condition,
  type Confinement,
  type Coordinate,
  type StateRule,
  type VolumeBounds,
} from '../sampling/index.js';

/** Where the guest counts as unbound. */
export interface UnboundRegion {
  /** nm³ that it has there where nothing but the walls acts on it. */
  volume: number;
  /** The one column that it goes by and where it begins along that, in the unit of the tables, where it is one. */
  beyond?: { column: string; at: number };
  /** nm³ between two values of that column. */
  between: (low: number, high: number) => number;
}

/**
 * The region that a rule leaves to the unbound guest, whose volume is known where the rule is one of the confinement's own columns.
 * @param lengthUnit nm per unit of the tables
 * @throws LatentcvError `bad-argument` for a rule whose volume is not known
 */
export function unboundRegion(
  { condition, text }: StateRule,
  confinement: Confinement,
  kT: number,
  lengthUnit: number,
): UnboundRegion {
  const columns = new Map(coordinatesOf(confinement).map(([coordinate, column]) => [column, coordinate]));
  const parts = condition.kind === 'any' ? condition.of : [condition];
  const bounds = parts.map((part) => boundsOf(part, columns, text, lengthUnit));
  if (bounds.length > 1) expectApart(bounds, text);
  const volume = bounds.reduce((sum, each) => sum + confinedVolume(confinement, kT, each), 0);
  if (!(volume > 0))
    throw new LatentcvError(
      'bad-argument',
      `expected a rule that leaves the unbound guest a volume within the ${confinement.kind} but ${text} leaves none`,
      `columns of its table are in units of ${lengthUnit} nm`,
    );
  const single = condition.kind === 'range' && condition.interval[1] === Infinity ? condition : undefined;
  const along = single && columns.get(single.column)!;
  return {
    volume,
    ...(single && { beyond: { column: single.column, at: single.interval[0] } }),
    between: (low, high) =>
      along ? confinedVolume(confinement, kT, { [along]: [low * lengthUnit, high * lengthUnit] }) : NaN,
  };
}

function boundsOf(
  condition: Condition,
  columns: ReadonlyMap<string, Coordinate>,
  text: string,
  lengthUnit: number,
): VolumeBounds {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  const bounds: VolumeBounds = {};
  for (const part of parts) {
    const coordinate = part.kind === 'range' ? columns.get(part.column) : undefined;
    if (part.kind !== 'range' || coordinate === undefined)
      throw new LatentcvError(
        'bad-argument',
        `expected a rule of ${[...columns.keys()].join(', ')}, joined by and, for the unbound guest but received ${text}`,
        'the volume of what other columns say is not known',
      );
    const [low, high] = part.interval.map((end) => end * lengthUnit);
    const before = bounds[coordinate] ?? [-Infinity, Infinity];
    bounds[coordinate] = [Math.max(low, before[0]), Math.min(high, before[1])];
  }
  return bounds;
}

/** Ranges of one coordinate that do not overlap add up; of others that is not known. */
function expectApart(bounds: readonly VolumeBounds[], text: string): void {
  const keys = new Set(bounds.flatMap((each) => Object.keys(each)));
  const ranges = bounds.map((each) => Object.values(each)[0]).toSorted((a, b) => a[0] - b[0]);
  const apart = ranges.every(([low], i) => i === 0 || low >= ranges[i - 1][1]);
  if (keys.size === 1 && apart) return;
  throw new LatentcvError(
    'bad-argument',
    `expected ranges of one column that do not overlap for the unbound guest but received ${text}`,
  );
}
