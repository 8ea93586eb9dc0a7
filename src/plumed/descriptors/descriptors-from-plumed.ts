import { expectList } from '../../support/index.js';
import {
  descriptorKinds,
  descriptorSet,
  type AlignmentReference,
  type Descriptor,
  type DescriptorSet,
  type Point,
} from '../../descriptors/index.js';
import { Alignments } from './alignments.js';
import { AtomLists } from './atom-lists.js';
import { expectInput, type PlumedInput } from '../parse-input.js';
import { plainDescriptor, type PlainDescriptor } from './plain-descriptor.js';
import { shortcutOf } from '../shortcut.js';
import { placeOf, type Statement } from '../statement.js';
import { inputUnits } from '../units.js';

/** Statements that move atoms before descriptors are computed, so that the same atoms elsewhere give other values. */
const movers = new Set(['WHOLEMOLECULES', 'WRAPAROUND', 'RESET_CELL']);

type Found =
  | { found: PlainDescriptor[]; references: AlignmentReference[]; points: readonly Point[] }
  | { found?: undefined; reason: string; shortcut?: Statement };

function findAll(input: PlumedInput, labels: readonly string[]): Found {
  const definitions = (base: string): Statement | undefined =>
    input.all.find((candidate) => candidate.label === base);
  const alignments = new Alignments(input);
  const context = { definitions, alignments, atomLists: new AtomLists(input) };
  const found: PlainDescriptor[] = [];
  for (const label of labels) {
    const statement = definitions(label.split('.')[0]);
    if (!statement) {
      const shortcut = shortcutOf(input.all, label);
      return {
        reason: `${input.path ?? 'the input'} defines no label ${label}`,
        ...(shortcut && { shortcut }),
      };
    }
    const plain = plainDescriptor(label, context);
    if ('reason' in plain) return { reason: `${label}: ${plain.reason}` };
    if (found.length > 0 && plain.pbc !== found[0].pbc)
      return { reason: `${placeOf(statement)}: ${labels[0]} and ${label} differ in NOPBC` };
    found.push(plain);
  }
  return { found, references: alignments.references, points: context.atomLists.points };
}

/** Those of the labels that are lengths, so that a factor brings them to nm. */
export function lengthLabels(input: PlumedInput, labels: readonly string[]): string[] {
  return labels.filter((label) => {
    const { found } = findAll(input, [label]);
    return found !== undefined && descriptorKinds[found[0].descriptor.kind].unit === 'nm';
  });
}

/**
 * How columns of a COLVAR were computed, told from the PLUMED input that wrote it: with it a model trained on the
 * columns can be evaluated from atoms.
 *
 * @param factors by label, what the columns' values were multiplied by to be in nm
 *
 * Returns the set, in the order of the labels, or the reason (with file and line) why a label is none of the
 * descriptors that a model file knows; `otherUnits` where that is its UNITS statement,
 * `shortcut` where it may be a label that this statement makes within PLUMED. `note` tells of statements that change the atoms' positions before.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function descriptorsFromPlumed(
  input: PlumedInput,
  labels: readonly string[],
  factors: Readonly<Record<string, number>> = {},
):
  | { descriptors: DescriptorSet; note?: string }
  | { descriptors?: undefined; reason: string; otherUnits?: true; shortcut?: Statement } {
  expectInput(input);
  expectList(labels, 'labels');
  const all = findAll(input, labels);
  if (!all.found) return { reason: all.reason, ...(all.shortcut && { shortcut: all.shortcut }) };
  const items = all.found.map(({ descriptor }) => descriptor);
  const units = inputUnits(input);
  const kept = ({ kind }: Descriptor, i: number): boolean =>
    descriptorKinds[kind].ofLength &&
    (descriptorKinds[kind].unit !== 'nm' || factors[labels[i]] !== units.length);
  if (units.length !== 1 && units.statement && items.some(kept))
    return { reason: `${placeOf(units.statement)}: lengths are not in nm`, otherUnits: true };
  // what is aligned has been made whole
  const movable = items.some((item) => !('reference' in item));
  const mover = movable ? input.all.find(({ action }) => movers.has(action)) : undefined;
  const { references, points } = all;
  const descriptors = descriptorSet(items, { pbc: all.found[0]?.pbc ?? true, references, points });
  if (!mover) return { descriptors };
  return {
    descriptors,
    note: `${placeOf(mover)}: ${mover.action} belongs in every input that uses these columns`,
  };
}
