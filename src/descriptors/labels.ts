import { expectList, expectObject } from '../support/index.js';
import { partnersOf, type Descriptor, type DescriptorKind } from './descriptor.js';
import { formatDescriptor } from './descriptor-lines.js';
import { descriptorsBySerial, type DescriptorSet } from './descriptor-set.js';
import { descriptorKinds } from './kinds.js';

/** The unit of a descriptor's value. */
export const descriptorUnits = Object.fromEntries(
  Object.entries(descriptorKinds).map(([kind, { unit }]) => [kind, unit]),
) as Record<DescriptorKind, string>;

const prefixes: Record<DescriptorKind, string> = {
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

/** Serials with runs drawn together: `1to3_7`. */
function groupName(atoms: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const atom of atoms) {
    const last = runs.at(-1);
    if (last?.[1] === atom - 1) last[1] = atom;
    else runs.push([atom, atom]);
  }
  const names = runs.map(([from, to]) => (from === to ? `${from}` : `${from}to${to}`));
  if (names.length <= longestGroup) return names.join('_');
  return [...names.slice(0, longestGroup - 1), `and${names.length - longestGroup + 1}`].join('_');
}

function atomsName(descriptor: Descriptor): string {
  const { kind, atoms } = descriptor;
  if (descriptorKinds[kind].atoms !== undefined) return atoms.join('_');
  const partners = partnersOf(descriptor);
  return groupName(atoms) + (partners ? `_by_${groupName(partners)}` : '');
}

/** What stands behind the dot where one PLUMED statement gives several descriptors. */
function componentOf(descriptor: Descriptor): string {
  if ('rank' in descriptor) return `.${descriptor.rank + 1}`;
  const component = /^(?:distance|aligned|position)-([xyz])$|^box-([abc][xyz])$/.exec(descriptor.kind);
  return component ? `.${component[1] ?? component[2]}` : '';
}

function baseOf(descriptor: Descriptor): string {
  return [prefixes[descriptor.kind], atomsName(descriptor)].filter((part) => part !== '').join('_');
}

/** What a label's part before the dot stands for. */
function definitionOf(descriptor: Descriptor): string {
  if ('rank' in descriptor) return formatDescriptor({ ...descriptor, rank: 0 });
  return formatDescriptor(descriptor).replace(/^(distance|aligned|position|box)-[xyzabc]+/, '$1');
}

/** A label that PLUMED accepts and that names the atoms by serial: `d_5_7`, `dc_5_7.x`, `sd_1to4.1`. */
export function descriptorLabel(descriptor: Descriptor): string {
  return baseOf(descriptor) + componentOf(descriptor);
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
  return descriptorsBySerial(set).map((descriptor) => {
    const base = baseOf(descriptor);
    const definition = definitionOf(descriptor);
    let name = base;
    for (let n = 2; taken.has(name) && taken.get(name) !== definition; n++) name = `${base}_v${n}`;
    taken.set(name, definition);
    return name + componentOf(descriptor);
  });
}
