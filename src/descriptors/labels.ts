import { expectList, expectObject } from '../support/index.js';
import { oncePerGroup, othersOf, partnersOf, type Descriptor, type DescriptorKind } from './descriptor.js';
import { formatDescriptors } from './descriptor-lines.js';
import { descriptorsBySerial, pointsBySerial, type DescriptorSet } from './descriptor-set.js';
import {
  distributionLabel,
  firstOfDistribution,
  isDistribution,
  type DistributionDescriptor,
} from './distribution-descriptors.js';
import {
  environmentLabel,
  firstOfEnvironment,
  isOfEnvironments,
  speciesName,
  type EnvironmentDescriptor,
} from './environment-descriptors.js';
import { crystalLabel, isOfCrystal, type CrystalDescriptor } from './crystal-descriptors.js';
import { descriptorKinds } from './kinds.js';
import { pointNumber, runsOf, type Point } from './points.js';

/** The unit of a descriptor's value. */
export const descriptorUnits = Object.fromEntries(
  Object.entries(descriptorKinds).map(([kind, { unit }]) => [kind, unit]),
) as Record<DescriptorKind, string>;

const prefixes: Record<
  Exclude<Descriptor, CrystalDescriptor | DistributionDescriptor | EnvironmentDescriptor>['kind'],
  string
> = {
  distance: 'd',
  'distance-x': 'dc',
  'distance-y': 'dc',
  'distance-z': 'dc',
  'inverse-distance': 'inv',
  angle: 'a',
  torsion: 't',
  'torsion-sin': 'sin',
  'torsion-cos': 'cos',
  contact: 'c',
  coordination: 'cn',
  'sorted-distance': 'sd',
  'aligned-x': 'al',
  'aligned-y': 'al',
  'aligned-z': 'al',
  rmsd: 'rmsd',
  'least-rmsd': 'lrmsd',
  gyration: 'rg',
  'hydrogen-bonds': 'hb',
  'ring-distance': 'rd',
  'ring-cosine': 'rcos',
  'ring-cosine-squared': 'rcos2',
  'ring-height': 'rh',
  'ring-offset': 'ro',
  'direction-x': 'dir',
  'direction-y': 'dir',
  'direction-z': 'dir',
  depth: 'depth',
  radius: 'radius',
  'position-x': 'p',
  'position-y': 'p',
  'position-z': 'p',
  'box-ax': 'box',
  'box-ay': 'box',
  'box-az': 'box',
  'box-bx': 'box',
  'box-by': 'box',
  'box-bz': 'box',
  'box-cx': 'box',
  'box-cy': 'box',
  'box-cz': 'box',
};

/** Groups of more runs than this are abridged. */
const longestGroup = 6;

/** Atoms with runs drawn together, and points by their labels: `1to3_7`, `centre_1to3`. */
function groupName(atoms: readonly number[], points: readonly string[]): string {
  const names = [
    ...runsOf(atoms.filter((atom) => pointNumber(atom) === undefined)),
    ...atoms.flatMap((atom) => points[pointNumber(atom) ?? -1] ?? []),
  ];
  if (names.length <= longestGroup) return names.join('_');
  return [...names.slice(0, longestGroup - 1), `and${names.length - longestGroup + 1}`].join('_');
}

/** Places one by one: `5_7`, `5_by_centre_1to3`. */
function placesName(places: readonly number[], points: readonly string[]): string {
  const withPoint = places.some((place) => pointNumber(place) !== undefined);
  return places.map((place) => groupName([place], points)).join(withPoint ? '_by_' : '_');
}

/** A group's name, and the labels of points that it may have. */
interface GroupNames {
  points: readonly string[];
  nameOf: (group: number[]) => string;
}

function groupNames(points: readonly string[]): GroupNames {
  return { points, nameOf: oncePerGroup((group) => groupName(group, points)) };
}

function atomsName(descriptor: Descriptor, { points, nameOf }: GroupNames): string {
  const { kind, atoms } = descriptor;
  const byElement = isOfEnvironments(descriptor) ? speciesName(descriptor) : undefined;
  if (byElement !== undefined) return byElement;
  if (descriptorKinds[kind].atoms !== undefined)
    return (
      placesName(atoms, points) + ('frame' in descriptor ? `_in_${placesName(descriptor.frame, points)}` : '')
    );
  if ('hydrogens' in descriptor)
    return `${groupName([...new Set(atoms)], points)}_to_${nameOf(descriptor.acceptors)}`;
  const partners = [partnersOf(descriptor), othersOf(descriptor)].filter((group) => group !== undefined);
  const by = partners.map((group) => nameOf(group) || 'none').join('_with_');
  return nameOf(atoms) + (by === '' ? '' : `_by_${by}`);
}

/** What stands behind the dot where one PLUMED statement gives several descriptors. */
function componentOf(descriptor: Descriptor): string {
  if (isOfCrystal(descriptor)) return crystalLabel(descriptor).component;
  if (isDistribution(descriptor)) return distributionLabel(descriptor).component;
  if (isOfEnvironments(descriptor)) return environmentLabel(descriptor).component;
  if ('rank' in descriptor) return `.${descriptor.rank + 1}`;
  if ('frame' in descriptor) return '';
  const component = /^(?:distance|aligned|direction|position)-([xyz])$|^box-([abc][xyz])$/.exec(
    descriptor.kind,
  );
  return component ? `.${component[1] ?? component[2]}` : '';
}

function prefixOf(descriptor: Descriptor): string {
  if (isOfCrystal(descriptor)) return crystalLabel(descriptor).prefix;
  if (isDistribution(descriptor)) return distributionLabel(descriptor).prefix;
  if (isOfEnvironments(descriptor)) return environmentLabel(descriptor).prefix;
  return prefixes[descriptor.kind];
}

function baseOf(descriptor: Descriptor, names: GroupNames): string {
  // an axis of three places is of no statement with components
  const axis = 'frame' in descriptor ? descriptor.kind.slice(-1) : '';
  return [prefixOf(descriptor) + axis, atomsName(descriptor, names)].filter((part) => part !== '').join('_');
}

/** What the part before the dot stands for of each descriptor's label. */
function definitionsOf(descriptors: readonly Descriptor[]): string[] {
  const lines = formatDescriptors(
    descriptors.map((each): Descriptor => {
      if (isDistribution(each)) return firstOfDistribution(each);
      if (isOfEnvironments(each)) return firstOfEnvironment(each);
      return 'rank' in each ? { ...each, rank: 0 } : each;
    }),
  );
  return lines.map((line) =>
    line
      .replace(/^(distance|aligned|direction|position|box|cell)-[a-z]+/, '$1')
      // those of one q6 are told apart behind the dot
      .replace(/^(.*steinhardt .* l \d+) (mean|moment \d+)$/, '$1'),
  );
}

/**
 * A label that PLUMED accepts and that names the atoms by serial: `d_5_7`, `dc_5_7.x`, `sd_1to4.1`,
 * `d_5_by_centre_7to9`, `alx_5_in_7_9_15`.
 * @param points labels of the points, as `pointLabels` gives them
 */
export function descriptorLabel(descriptor: Descriptor, points: readonly string[] = []): string {
  return baseOf(descriptor, groupNames(points)) + componentOf(descriptor);
}

/**
 * The two parts of such a label where groups of atoms are called by words: what stands for all that one statement gives of
 * these groups, `rdf_O_by_Ti`, and what tells them apart, `.3`.
 */
export function descriptorLabelOf(
  descriptor: Descriptor,
  groups: string,
): { base: string; component: string } {
  const base = [prefixOf(descriptor), groups].filter((part) => part !== '').join('_');
  return { base, component: componentOf(descriptor) };
}

function pointName(point: Point, before: readonly string[]): string {
  if (point.kind === 'centre') return `${point.weights ? 'com' : 'centre'}_${groupName(point.atoms, before)}`;
  const picometres = point.position.map((x) => Math.round(1000 * x));
  return ['site', ...picometres.map((x) => (x < 0 ? `m${-x}` : `${x}`))].join('_');
}

/**
 * A label for each point: `centre_1to3`, `com_1to3` where weights make it the centre of mass, `site_120_m350_0` by its
 * place in pm. The later of two that would be alike is numbered.
 */
export function pointLabels(points: readonly Point[]): string[] {
  const labels: string[] = [];
  for (const point of points) {
    const base = pointName(point, labels);
    let label = base;
    for (let n = 2; labels.includes(label); n++) label = `${base}_v${n}`;
    labels.push(label);
  }
  return labels;
}

/** Kinds that a label tells all of: their atoms are given one by one, and nothing else. */
const plainKinds = [
  'distance',
  'inverse-distance',
  'angle',
  'torsion',
  'torsion-sin',
  'torsion-cos',
] as const;
const components = ['distance-x', 'distance-y', 'distance-z'] as const;

/** The descriptor, by serials, of a label such as `d_5_7`, `t_5_7_9_15` or `dc_5_7.x`; undefined for other labels. */
export function descriptorOfLabel(label: string): Descriptor | undefined {
  const [, prefix, list, axis] = /^([a-z]+)((?:_\d+)+)(?:\.([xyz]))?$/.exec(label) ?? [];
  if (prefix === undefined) return undefined;
  const atoms = list.slice(1).split('_').map(Number);
  const kinds = axis === undefined ? plainKinds : components.filter((each) => each.endsWith(axis));
  const kind = kinds.find(
    (each) => prefixes[each] === prefix && descriptorKinds[each].atoms === atoms.length,
  );
  return kind && ({ kind, atoms } as Descriptor);
}

/**
 * One label per descriptor of the set, in its order. Where two differ in more than a label tells (the switching
 * function of a contact), the later is numbered: `c_5_7`, `c_5_7_v2`.
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export function descriptorLabels(set: DescriptorSet): string[] {
  expectObject(set, 'set', 'a set, as descriptorSet gives it,');
  expectList(set.atoms, 'set.atoms');
  expectList(set.items, 'set.items');
  const taken = new Map<string, string>();
  const names = groupNames(pointLabels(pointsBySerial(set)));
  const descriptors = descriptorsBySerial(set);
  const definitions = definitionsOf(descriptors);
  return descriptors.map((descriptor, i) => {
    const base = baseOf(descriptor, names);
    const definition = definitions[i];
    let name = base;
    for (let n = 2; taken.has(name) && taken.get(name) !== definition; n++) name = `${base}_v${n}`;
    taken.set(name, definition);
    return name + componentOf(descriptor);
  });
}
