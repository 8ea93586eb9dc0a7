import { descriptorsBySerial, type Descriptor, type DescriptorSet } from './descriptor-set.js';

/** The unit of a descriptor's value. */
export const descriptorUnits: Record<Descriptor['kind'], string> = { distance: 'nm' };

const prefixes: Record<Descriptor['kind'], string> = { distance: 'd' };

/** A label that PLUMED accepts and that names the atoms by serial: `d_5_7`. */
export function descriptorLabel({ kind, atoms }: Descriptor): string {
  return [prefixes[kind], ...atoms].join('_');
}

/** One label per descriptor of the set, in its order. */
export function descriptorLabels(set: DescriptorSet): string[] {
  return descriptorsBySerial(set).map(descriptorLabel);
}
