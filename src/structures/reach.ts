import { isOfEnvironments, type Descriptor, type EnvironmentDescriptor } from '../descriptors/index.js';

/** How far a descriptor looks from an atom, nm; undefined where it ends nowhere. */
export function reachOf(descriptor: Descriptor): number | undefined {
  if ('grid' in descriptor) return descriptor.grid.rmax + 6 * descriptor.grid.sigma;
  if ('window' in descriptor) return descriptor.window;
  if ('environments' in descriptor) {
    const longest = Math.max(...descriptor.environments.flat().map((vector) => Math.hypot(...vector)));
    return longest + 10 * descriptor.sigma;
  }
  if (isOfEnvironments(descriptor)) return reachOfEnvironment(descriptor);
  return 'switching' in descriptor ? descriptor.switching.dmax : undefined;
}

/** Where nothing weighs neighbours down, their Gaussians end where they are 0.001, as the core has it. */
function reachOfEnvironment(descriptor: EnvironmentDescriptor): number {
  if (descriptor.kind === 'acsf') return descriptor.cutoff;
  const { cutoff, sigma } = descriptor.basis;
  return descriptor.weighting === 'poly' ? cutoff : cutoff + sigma * Math.sqrt(-2 * Math.log(1e-3));
}

/** Whether it is a mean over atoms, or relative to their density: the same of a cell and of several beside one another. */
export const isIntensive = (descriptor: Descriptor): boolean =>
  'statistic' in descriptor || 'grid' in descriptor || 'window' in descriptor || isOfEnvironments(descriptor);

/** Whether it is of the cell that the file has, whichever cell of the crystal that is. */
export const isOfCell = ({ kind }: Descriptor): boolean => /^(volume$|cell-|bragg$)/.test(kind);

/** Whether it is of the cell, or of the density that it gives. */
export const needsCell = (descriptor: Descriptor): boolean =>
  isOfCell(descriptor) ||
  'grid' in descriptor ||
  (descriptor.kind === 'piv' && descriptor.volume !== undefined);
