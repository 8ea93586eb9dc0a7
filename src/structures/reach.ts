import type { Descriptor } from '../descriptors/index.js';

/** How far a descriptor looks from an atom, nm; undefined where it ends nowhere. */
export function reachOf(descriptor: Descriptor): number | undefined {
  if ('grid' in descriptor) return descriptor.grid.rmax + 6 * descriptor.grid.sigma;
  if ('window' in descriptor) return descriptor.window;
  if ('environments' in descriptor) {
    const longest = Math.max(...descriptor.environments.flat().map((vector) => Math.hypot(...vector)));
    return longest + 10 * descriptor.sigma;
  }
  if ('switching' in descriptor) return descriptor.switching.dmax;
  return cutoffOf(descriptor);
}

/** Of descriptors of environments that say it themselves. */
function cutoffOf(descriptor: object): number | undefined {
  const { cutoff } = descriptor as { cutoff?: unknown };
  return typeof cutoff === 'number' ? cutoff : undefined;
}

/** Whether it is a mean over atoms, or relative to their density: the same of a cell and of several beside one another. */
export const isIntensive = (descriptor: Descriptor): boolean =>
  'statistic' in descriptor ||
  'grid' in descriptor ||
  'window' in descriptor ||
  cutoffOf(descriptor) !== undefined;

/** Whether it is of the cell that the file has, whichever cell of the crystal that is. */
export const isOfCell = ({ kind }: Descriptor): boolean => /^(volume$|cell-|bragg$)/.test(kind);

/** Whether it is of the cell, or of the density that it gives. */
export const needsCell = (descriptor: Descriptor): boolean =>
  isOfCell(descriptor) ||
  'grid' in descriptor ||
  (descriptor.kind === 'piv' && descriptor.volume !== undefined);
