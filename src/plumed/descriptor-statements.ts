import { descriptorLabel, descriptorsBySerial, type DescriptorSet } from '../descriptors/index.js';

/** PLUMED statements that compute the descriptors, one a line, labelled `d_5_7` and so on: for a training COLVAR. */
export function descriptorStatements(set: DescriptorSet): string[] {
  const nopbc = set.pbc ? '' : ' NOPBC';
  return descriptorsBySerial(set).map(
    (item) => `${descriptorLabel(item)}: ${item.kind.toUpperCase()} ATOMS=${item.atoms.join(',')}${nopbc}`,
  );
}
