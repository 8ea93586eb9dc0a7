import { descriptorSet, type DistanceDescriptor, type DescriptorSet } from '../descriptors/index.js';
import type { PlumedInput } from './parse-input.js';
import { placeOf, type Statement } from './statement.js';
import { inputUnits } from './units.js';

/** A distance between two atoms as a PLUMED statement defines it. */
export interface PlainDistance {
  descriptor: DistanceDescriptor;
  pbc: boolean;
}

/** `5,7` or `5-6` as serials; undefined for anything but numbers (groups, virtual atoms, `@` names). */
function serials(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  if (!parts.every((match) => match !== null)) return undefined;
  return parts.flatMap(([, first, last]) => {
    const length = Number(last ?? first) - Number(first) + 1;
    return Array.from({ length: Math.max(0, Math.min(length, 3)) }, (_, i) => Number(first) + i);
  });
}

const harmless = new Set(['NOPBC', 'NUMERICAL_DERIVATIVES']);

/** What keeps a statement from being a plain distance, or the distance. */
export function plainDistance(statement: Statement): PlainDistance | { reason: string } {
  const where = placeOf(statement);
  const { action, keywords, flags } = statement;
  if (action !== 'DISTANCE') return { reason: `${where}: expected DISTANCE but received ${action}` };
  const other = [...keywords.keys(), ...flags].find((word) => word !== 'ATOMS' && !harmless.has(word));
  if (other !== undefined) return { reason: `${where}: ${other} makes it more than a plain distance` };
  const text = keywords.get('ATOMS') ?? '';
  const atoms = serials(text);
  if (atoms?.length !== 2 || atoms[0] === atoms[1] || atoms.includes(0)) {
    return { reason: `${where}: expected the serials of two atoms but received ATOMS=${text}` };
  }
  return { descriptor: { kind: 'distance', atoms: [atoms[0], atoms[1]] }, pbc: !flags.has('NOPBC') };
}

/** Statements that move atoms before distances are computed, so that the same atoms elsewhere give other values. */
const movers = new Set(['WHOLEMOLECULES', 'WRAPAROUND', 'RESET_CELL']);

/**
 * How columns of a COLVAR were computed, told from the PLUMED input that wrote it: with it a model trained on the
 * columns can be evaluated from atoms. Distances in nm only.
 *
 * Returns the set, in the order of the labels, or the reason (with file and line) why a label is no plain distance
 * of two atoms. `note` tells of statements that change the atoms' positions before.
 */
export function descriptorsFromPlumed(
  input: PlumedInput,
  labels: readonly string[],
): { descriptors: DescriptorSet; note?: string } | { descriptors?: undefined; reason: string } {
  const units = inputUnits(input);
  if (units.length !== 1 && units.statement)
    return { reason: `${placeOf(units.statement)}: lengths are not in nm` };
  const found: PlainDistance[] = [];
  for (const label of labels) {
    const statement = input.all.find((candidate) => candidate.label === label);
    if (!statement) return { reason: `${input.path ?? 'the input'} defines no label ${label}` };
    const distance = plainDistance(statement);
    if ('reason' in distance) return { reason: `${label}: ${distance.reason}` };
    if (found.length > 0 && distance.pbc !== found[0].pbc) {
      return { reason: `${placeOf(statement)}: ${labels[0]} and ${label} differ in NOPBC` };
    }
    found.push(distance);
  }
  const mover = input.all.find(({ action }) => movers.has(action));
  const descriptors = descriptorSet(
    found.map(({ descriptor }) => descriptor),
    { pbc: found[0]?.pbc ?? true },
  );
  if (!mover) return { descriptors };
  return {
    descriptors,
    note: `${placeOf(mover)}: ${mover.action} belongs in every input that uses these distances`,
  };
}
