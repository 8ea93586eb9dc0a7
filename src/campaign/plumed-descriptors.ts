import { readFile } from 'node:fs/promises';
import type { DescriptorSet } from '../descriptors/index.js';
import type { Dataset } from '../frames/index.js';
import { descriptorsFromPlumed, parsePlumedInput } from '../plumed/index.js';
import { LatentcvError } from '../support/errors.js';
import { checkDescriptors } from '../training/index.js';

/**
 * Columns as descriptors of atoms, told by the PLUMED input that computes them.
 * @param factors by label, what the columns' values were multiplied by to be in nm
 * @throws LatentcvError `file-not-found`, or `plumed-input` where a column is something else.
 */
export async function plumedDescriptors(
  plumedInput: string,
  columns: Pick<Dataset, 'columns'>,
  onWarning?: (message: string) => void,
  factors: Readonly<Record<string, number>> = {},
): Promise<DescriptorSet> {
  const text = await readFile(plumedInput, 'utf8').catch((error: Error) => {
    throw new LatentcvError(
      'file-not-found',
      `cannot read the PLUMED input ${plumedInput}: ${error.message}`,
    );
  });
  const labels = columns.columns.map(({ label }) => label);
  const found = descriptorsFromPlumed(parsePlumedInput(text, plumedInput), labels, factors);
  if (!found.descriptors) {
    throw new LatentcvError(
      'plumed-input',
      `the columns cannot be evaluated from atoms: ${found.reason}`,
      'choose columns that are distances, angles, torsions or coordination, or leave the PLUMED input out: the model then takes ARG=',
    );
  }
  checkDescriptors(columns, found.descriptors);
  if (found.note !== undefined) onWarning?.(found.note);
  return found.descriptors;
}
