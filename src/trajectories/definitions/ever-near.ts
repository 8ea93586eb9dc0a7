import type { Descriptor } from '../../descriptors/index.js';
import { distanceIn, type Structure } from '../structure/index.js';
import type { DefinitionStatement } from './definition.js';
import { refusal } from './statement-groups.js';

/** Least distance of each pair (PLUMED serials) over frames, nm; nothing where there are too few frames to tell. */
export type LeastDistances = (
  pairs: readonly (readonly [number, number])[],
) => Promise<Float64Array | undefined>;

/** Where there are no frames: pairs may come from so many times the distance in the structure. */
const reachOfStructure = 2;

const isPair = (atoms: readonly number[]): atoms is [number, number] => atoms.length === 2;

/**
 * Those of the pairs that are ever nearer than the statement says, in frames; without frames, those that are within twice
 * that in the structure, which is noted.
 */
export async function pairsEverNear(
  statement: DefinitionStatement & { ever: number },
  descriptors: readonly Descriptor[],
  known: { structure: Structure; leastDistances?: LeastDistances; notes: Set<string> },
): Promise<Descriptor[]> {
  const { kind, text, ever } = statement;
  const pairs = descriptors.map(({ atoms }) => atoms).filter(isPair);
  if (!['distances', 'inverse-distances', 'contacts'].includes(kind))
    throw refusal(
      statement,
      'expected ever with distances, inverse-distances or contacts but received it',
      'a coordination sums over all pairs, near or not',
    );
  const { structure, leastDistances, notes } = known;
  const least = await leastDistances?.(pairs);
  const places = least ? undefined : structure.places(`ever in "${text}"`);
  const reach = least ? ever : reachOfStructure * ever;
  const near = descriptors.filter((_, i) => {
    const [a, b] = pairs[i];
    return (least ? least[i] : distanceIn(places!, a - 1, b - 1)) < reach;
  });
  const where = least ? 'in the frames' : `in ${structure.path}`;
  if (near.length === 0)
    throw refusal(
      statement,
      `found none of ${pairs.length} pairs within ${reach} nm ${where}`,
      least ? undefined : 'where trajectories are read, pairs count that come near in any frame',
    );
  if (!least)
    notes.add(
      `${text}: pairs within ${reach} nm ${where}; where trajectories are read, those that come within ${ever} nm in a frame`,
    );
  return near;
}
