import { isOfEnvironments, type Descriptor } from '../descriptors/index.js';

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
