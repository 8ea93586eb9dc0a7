import { partnersOf, type Descriptor } from './descriptor.js';
import { formatDescriptor } from './descriptor-lines.js';

const ascending = (a: number, b: number): number => a - b;

/** The one of all ways to write a descriptor that the others are compared by. */
function canonical(descriptor: Descriptor): Descriptor {
  const { kind, atoms } = descriptor;
  if (kind.startsWith('distance-')) return descriptor;
  if (kind === 'angle' || kind.startsWith('torsion')) {
    const turned = atoms[0] > atoms[atoms.length - 1];
    return { ...descriptor, atoms: turned ? atoms.toReversed() : atoms } as Descriptor;
  }
  const groups = [atoms, partnersOf(descriptor)].filter((group) => group !== undefined);
  const sorted = groups.map((group) => group.toSorted(ascending));
  if (sorted.length === 2) sorted.sort(([a], [b]) => a - b);
  return { ...descriptor, atoms: sorted[0], ...(sorted.length > 1 && { partners: sorted[1] }) } as Descriptor;
}

/** Whether two descriptors are the same number, whichever way round their atoms are named. */
export function sameDescriptor(a: Descriptor, b: Descriptor): boolean {
  return formatDescriptor(canonical(a)) === formatDescriptor(canonical(b));
}
