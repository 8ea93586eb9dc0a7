import { LatentcvError, expectWhole, invalidArgument, expectList, expectObject } from '../support/index.js';
import { groupsOf, oncePerGroup, type Descriptor } from './descriptor.js';
import type { SwitchingFunction } from './switching-function.js';
import { distributionWords, isDistribution, readDistribution } from './distribution-descriptors.js';
import { environmentWords, isOfEnvironments, readEnvironment } from './environment-descriptors.js';
import { isOfCrystal, readStatistic, statisticWords } from './crystal-descriptors.js';
import { rangeWords, readGroup } from './atom-ranges.js';
import { descriptorProblem, isDescriptorKind } from './kinds.js';

/** Numbers behind the name of each switching function, in the order of the line; `dmax` may follow them. */
const forms: Record<SwitchingFunction['form'], readonly string[]> = {
  rational: ['r0', 'd0', 'nn', 'mm'],
  gaussian: ['r0', 'd0'],
  fermi: ['r0', 'beta'],
  cubic: ['d0'],
};

function optionWords(descriptor: Descriptor): (string | number)[] {
  if (isOfEnvironments(descriptor)) return environmentWords(descriptor);
  if (isDistribution(descriptor))
    return [
      ...('switching' in descriptor ? switchingWordsOf(descriptor.switching) : []),
      ...distributionWords(descriptor),
    ];
  if ('references' in descriptor) return ['references', descriptor.beta, ...descriptor.references];
  if ('rank' in descriptor) return ['rank', descriptor.rank];
  const weights = ('weights' in descriptor && descriptor.weights) || [];
  if ('reference' in descriptor) return ['reference', descriptor.reference, ...weights];
  if (weights.length > 0) return ['weights', ...weights];
  if ('planes' in descriptor) return ['hkl', ...descriptor.planes.flat()];
  if (!('switching' in descriptor)) return [];
  const more =
    'degree' in descriptor ? ['l', descriptor.degree, ...statisticWords(descriptor.statistic)] : [];
  return [...switchingWordsOf(descriptor.switching), ...more];
}

function switchingWordsOf({ form, dmax, ...numbers }: SwitchingFunction): (string | number)[] {
  const cutoff = dmax === undefined ? [] : [dmax];
  return [form, ...forms[form].map((name) => (numbers as Record<string, number>)[name]), ...cutoff];
}

/**
 * A descriptor as the model file writes it: `distance 0 4`, `coordination 0 1 / 2 3 rational 0.3 0 6 12`; atoms
 * counted from 0 in the set's list.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function formatDescriptor(descriptor: Descriptor): string {
  return lineOf(descriptor, ofMany(descriptor) ? rangeWords : atomWords);
}

/** The lines of many descriptors; the atoms of a group that they share are written once. */
export function formatDescriptors(descriptors: readonly Descriptor[]): string[] {
  const [words, ranges] = [oncePerGroup(atomWords), oncePerGroup(rangeWords)];
  return descriptors.map((descriptor) => lineOf(descriptor, ofMany(descriptor) ? ranges : words));
}

/** Whether its atoms are written in ranges. */
const ofMany = (descriptor: Descriptor): boolean =>
  isOfCrystal(descriptor) || isDistribution(descriptor) || isOfEnvironments(descriptor);

const atomWords = (group: readonly number[]): string => group.join(' ');

function groupReader(atomCount: number): GroupReader {
  const known = new Map<string, number[]>();
  return (words) => {
    const found = known.get(words) ?? readGroup(words, atomCount);
    known.set(words, found);
    return found;
  };
}

function lineOf(descriptor: Descriptor, wordsOf: (group: number[]) => string): string {
  expectObject(descriptor, 'descriptor', 'a descriptor with kind and atoms');
  expectList(descriptor.atoms, 'descriptor.atoms');
  // an empty group leaves no word
  const groups = groupsOf(descriptor).map(wordsOf).join(' / ').replaceAll('  ', ' ').trim();
  return [descriptor.kind, ...(groups === '' ? [] : [groups]), ...optionWords(descriptor)].join(' ');
}

interface Option {
  word: string;
  numbers: number[];
}

interface Parts {
  kind: string;
  groups: number[][];
  option: string | undefined;
  numbers: number[];
  /** Those behind the first. */
  further: Option[];
}

/** The groups of atoms that these words name, over so many; a word that is no atom is NaN. */
type GroupReader = (words: string) => number[];

function optionsOf(words: readonly string[]): Option[] {
  const options: Option[] = [];
  for (const word of words) {
    const begins = options.length === 0 || (/^[a-z-]+$/.test(word) && !/^(nan|inf|infinity)$/.test(word));
    if (begins) options.push({ word, numbers: [] });
    else options.at(-1)!.numbers.push(Number(word));
  }
  return options;
}

function partsOf(line: string, groupOf: GroupReader): Parts {
  const [, kind, atoms, rest] = /^\s*(\S*)([^a-z]*)(.*)$/s.exec(line)!;
  const groups = atoms.split(/\s\/(?=\s|$)/).map((words) => groupOf(words.trim()));
  const [first, ...further] = optionsOf(rest.split(/\s+/).filter((word) => word !== ''));
  return { kind, groups, option: first?.word, numbers: first?.numbers ?? [], further };
}

function switchingOf({
  option = '',
  numbers,
}: Pick<Parts, 'option' | 'numbers'>): SwitchingFunction | undefined {
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

function bragg({ groups, option, numbers }: Parts): Descriptor | undefined {
  if (groups.length !== 1 || option !== 'hkl' || numbers.length % 3 !== 0) return undefined;
  const planes = Array.from(
    { length: numbers.length / 3 },
    (_, i) => numbers.slice(3 * i, 3 * i + 3) as [number, number, number],
  );
  return { kind: 'bragg', atoms: groups[0], planes };
}

function steinhardt(parts: Parts, kind: 'steinhardt' | 'averaged-steinhardt'): Descriptor | undefined {
  const { groups, further } = parts;
  const [degree, last] = further;
  const switching = switchingOf(parts);
  const statistic = last && readStatistic(last.word, last.numbers);
  const good =
    groups.length === 1 && further.length === 2 && degree.word === 'l' && degree.numbers.length === 1;
  if (!good || !switching || !statistic) return undefined;
  return { kind, atoms: groups[0], switching, degree: degree.numbers[0], statistic };
}

function distribution(parts: Parts): Descriptor | undefined {
  const { kind, groups, option, numbers, further } = parts;
  const [atoms, partners] = groups;
  const switched = kind === 'coordination-number' || kind === 'piv';
  const switching = switched ? switchingOf(parts) : undefined;
  const first = option === undefined || switched ? [] : [{ word: option, numbers }];
  const read = readDistribution(kind, [...first, ...further]);
  if (!read || groups.length > 2 || (switched && !switching)) return undefined;
  return {
    kind,
    atoms,
    ...(partners && { partners }),
    ...(switching && { switching }),
    ...read,
  } as Descriptor;
}

function environment({ kind, groups, option, numbers, further }: Parts): Descriptor | undefined {
  const [atoms, partners, others] = groups;
  const read =
    option === undefined ? undefined : readEnvironment(kind, [{ word: option, numbers }, ...further]);
  if (!read || groups.length > 3) return undefined;
  return { kind, atoms, ...(partners && { partners }), ...(others && { others }), ...read } as Descriptor;
}

/** The descriptor that the parts name, whatever its numbers; undefined where parts are missing or too many. */
function assemble(parts: Parts): Descriptor | undefined {
  const { kind, groups, option, numbers } = parts;
  const [atoms, partners] = groups;
  if (kind === 'steinhardt' || kind === 'averaged-steinhardt') return steinhardt(parts, kind);
  if (isDistribution({ kind })) return distribution(parts);
  if (isOfEnvironments({ kind })) return environment(parts);
  if (parts.further.length > 0) return undefined;
  if (kind === 'bragg') return bragg(parts);
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
  return parseDescriptors([line], atomCount)[0];
}

/**
 * Reads what `formatDescriptors` wrote; lines that name a group alike share it.
 * @throws LatentcvError as `parseDescriptor`
 */
export function parseDescriptors(lines: readonly string[], atomCount: number): Descriptor[] {
  expectWhole(atomCount, 'atomCount', 0);
  const groupOf = groupReader(atomCount);
  return lines.map((line) => {
    if (typeof line !== 'string') throw invalidArgument('a line', 'line', line);
    return parseLine(line, atomCount, groupOf);
  });
}

function parseLine(line: string, atomCount: number, groupOf: GroupReader): Descriptor {
  const descriptor = assemble(partsOf(line, groupOf));
  const known = descriptor && groupsOf(descriptor).every((group) => group.every((atom) => atom < atomCount));
  const problem = known
    ? descriptorProblem(descriptor)
    : `a descriptor like "distance 0 1" over ${atomCount} atoms`;
  if (!known || problem !== undefined)
    throw new LatentcvError('bad-model', `expected ${problem} but received "${line}"`);
  return descriptor;
}
