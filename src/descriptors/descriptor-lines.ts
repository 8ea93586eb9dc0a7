import { LatentcvError, expectWhole, invalidArgument, expectList, expectObject } from '../support/index.js';
import { groupsOf, oncePerGroup, type Descriptor, type SwitchingFunction } from './descriptor.js';
import { descriptorProblem, isDescriptorKind } from './kinds.js';

/** Numbers behind the name of each switching function, in the order of the line; `dmax` may follow them. */
const forms: Record<SwitchingFunction['form'], readonly string[]> = {
  rational: ['r0', 'd0', 'nn', 'mm'],
  gaussian: ['r0', 'd0'],
  fermi: ['r0', 'beta'],
};

function optionWords(descriptor: Descriptor): (string | number)[] {
  if ('references' in descriptor) return ['references', descriptor.beta, ...descriptor.references];
  if ('rank' in descriptor) return ['rank', descriptor.rank];
  const weights = ('weights' in descriptor && descriptor.weights) || [];
  if ('reference' in descriptor) return ['reference', descriptor.reference, ...weights];
  if (weights.length > 0) return ['weights', ...weights];
  if (!('switching' in descriptor)) return [];
  const { form, dmax, ...numbers } = descriptor.switching;
  const cutoff = dmax === undefined ? [] : [dmax];
  return [form, ...forms[form].map((name) => (numbers as Record<string, number>)[name]), ...cutoff];
}

/**
 * A descriptor as the model file writes it: `distance 0 4`, `coordination 0 1 / 2 3 rational 0.3 0 6 12`; atoms
 * counted from 0 in the set's list.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function formatDescriptor(descriptor: Descriptor): string {
  return lineOf(descriptor, atomWords);
}

/** The lines of many descriptors; the atoms of a group that they share are written once. */
export function formatDescriptors(descriptors: readonly Descriptor[]): string[] {
  const words = oncePerGroup(atomWords);
  return descriptors.map((descriptor) => lineOf(descriptor, words));
}

const atomWords = (group: readonly number[]): string => group.join(' ');

function lineOf(descriptor: Descriptor, wordsOf: (group: number[]) => string): string {
  expectObject(descriptor, 'descriptor', 'a descriptor with kind and atoms');
  expectList(descriptor.atoms, 'descriptor.atoms');
  const groups = groupsOf(descriptor).map(wordsOf).join(' / ');
  return [descriptor.kind, ...(groups === '' ? [] : [groups]), ...optionWords(descriptor)].join(' ');
}

interface Parts {
  kind: string;
  groups: number[][];
  option: string | undefined;
  numbers: number[];
}

function partsOf(line: string): Parts {
  const [kind, ...words] = line.trim().split(/\s+/);
  const end = words.findIndex((word) => /^[a-z]/.test(word));
  const atoms = end < 0 ? words : words.slice(0, end);
  const groups: number[][] = [[]];
  for (const word of atoms) {
    if (word === '/') groups.push([]);
    else groups.at(-1)!.push(/^\d+$/.test(word) ? Number(word) : NaN);
  }
  const [option, ...numbers] = end < 0 ? [] : words.slice(end);
  return { kind, groups, option, numbers: numbers.map(Number) };
}

function switchingOf({ option = '', numbers }: Parts): SwitchingFunction | undefined {
  if (!Object.hasOwn(forms, option)) return undefined;
  const names = forms[option as SwitchingFunction['form']];
  const all = numbers.length > names.length ? [...names, 'dmax'] : names;
  if (all.length !== numbers.length) return undefined;
  return {
    form: option,
    ...Object.fromEntries(all.map((name, i) => [name, numbers[i]])),
  } as SwitchingFunction;
}

/** A descriptor of one group, where so many numbers and then weights may stand behind the option. */
function ofGroup(
  { kind, groups, option, numbers }: Parts,
  word: 'weights' | 'reference',
  before: 0 | 1,
): Descriptor | undefined {
  if (option === undefined ? before > 0 : option !== word || numbers.length < 1) return undefined;
  const weights = numbers.slice(before);
  return {
    kind,
    atoms: groups[0],
    ...(before > 0 && { reference: numbers[0] }),
    ...(weights.length > 0 && { weights }),
  } as Descriptor;
}

function hydrogenBonds(parts: Parts): Descriptor | undefined {
  const [atoms, hydrogens, acceptors] = parts.groups;
  const switching = switchingOf(parts);
  if (parts.groups.length !== 3 || !switching) return undefined;
  return { kind: 'hydrogen-bonds', atoms, hydrogens, acceptors, switching };
}

/** In the frame of a reference, or of the places of a second group. */
function inFrame({ kind, groups, option, numbers }: Parts): Descriptor | undefined {
  const [atoms, frame] = groups;
  if (groups.length === 2)
    return option === undefined ? ({ kind, atoms, frame } as unknown as Descriptor) : undefined;
  return groups.length === 1 && option === 'reference' && numbers.length === 1
    ? ({ kind, atoms, reference: numbers[0] } as Descriptor)
    : undefined;
}

function leastRmsd({ groups, option, numbers }: Parts): Descriptor | undefined {
  const [beta, ...references] = numbers;
  return groups.length === 1 && option === 'references'
    ? { kind: 'least-rmsd', atoms: groups[0], references, beta }
    : undefined;
}

/** The descriptor that the parts name, whatever its numbers; undefined where parts are missing or too many. */
function assemble(parts: Parts): Descriptor | undefined {
  const { kind, groups, option, numbers } = parts;
  const [atoms, partners] = groups;
  if (kind === 'hydrogen-bonds') return hydrogenBonds(parts);
  if (kind === 'least-rmsd') return leastRmsd(parts);
  if (isDescriptorKind(kind) && /^(aligned|direction)-/.test(kind)) return inFrame(parts);
  const pairs = kind === 'coordination' || kind === 'sorted-distance' || kind.startsWith('ring-');
  if (!isDescriptorKind(kind) || groups.length > (pairs ? 2 : 1)) return undefined;
  const common = { kind, atoms, ...(partners && { partners }) };
  if (kind === 'gyration') return ofGroup(parts, 'weights', 0);
  if (kind === 'rmsd') return ofGroup(parts, 'reference', 1);
  if (kind === 'sorted-distance')
    return option === 'rank' && numbers.length === 1
      ? ({ ...common, rank: numbers[0] } as Descriptor)
      : undefined;
  if (kind !== 'contact' && kind !== 'coordination')
    return option === undefined ? (common as Descriptor) : undefined;
  const switching = switchingOf(parts);
  return switching && ({ ...common, switching } as Descriptor);
}

/**
 * Reads what `formatDescriptor` wrote.
 * @throws LatentcvError `bad-model` for an unknown kind, a wrong number of atoms, an atom that the list of
 *   `atomCount` atoms lacks, or numbers that make no such descriptor
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function parseDescriptor(line: string, atomCount: number): Descriptor {
  if (typeof line !== 'string') throw invalidArgument('a line', 'line', line);
  expectWhole(atomCount, 'atomCount', 0);
  const descriptor = assemble(partsOf(line));
  const atoms = descriptor ? groupsOf(descriptor).flat() : [];
  const known = descriptor && atoms.every((atom) => atom < atomCount);
  const problem = known
    ? descriptorProblem(descriptor)
    : `a descriptor like "distance 0 1" over ${atomCount} atoms`;
  if (!known || problem !== undefined)
    throw new LatentcvError('bad-model', `expected ${problem} but received "${line}"`);
  return descriptor;
}
