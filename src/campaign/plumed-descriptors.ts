import type { DescriptorSet } from '../descriptors/index.js';
import type { Dataset } from '../frames/index.js';
import {
  descriptorsFromPlumed,
  parsePlumedInput,
  placeOf,
  readPlumedText,
  type PlumedInput,
} from '../plumed/index.js';
import { LatentcvError } from '../support/index.js';
import { checkDescriptors } from '../training/index.js';

/** What is wrong with the file is told by the promise. */
const readInput = (path: string): Promise<PlumedInput> =>
  Promise.resolve().then(() => parsePlumedInput(readPlumedText(path), path));

/**
 * The action behind each label of a PLUMED input.
 * @throws LatentcvError `file-not-found`, `plumed-input`
 */
export async function plumedActions(path: string): Promise<Map<string, string>> {
  const { all } = await readInput(path);
  return new Map(all.flatMap(({ label, action }) => (label === undefined ? [] : [[label, action] as const])));
}

const kindsHint =
  'choose columns that are distances, angles, torsions or coordination, or leave the PLUMED input out: the model then takes ARG=';
const unitsHint =
  'the columns are in the units of UNITS, and atoms are taken in nm: leave the PLUMED input out, and the model takes ARG= in inputs with the same UNITS';

/**
 * Columns as descriptors of atoms, told by the PLUMED input that computes them.
 * @param factors by label, what the columns' values were multiplied by to be in nm
 * @returns undefined, with a warning, where a label is one that a shortcut makes within PLUMED: the model is one of arguments
 * @throws LatentcvError `file-not-found`, or `plumed-input` where a column is something else.
 */
export async function plumedDescriptors(
  plumedInput: string,
  columns: Pick<Dataset, 'columns'>,
  onWarning?: (message: string) => void,
  factors: Readonly<Record<string, number>> = {},
): Promise<DescriptorSet | undefined> {
  const labels = columns.columns.map(({ label }) => label);
  const found = descriptorsFromPlumed(await readInput(plumedInput), labels, factors);
  if (!found.descriptors) {
    if (found.shortcut) {
      const { action } = found.shortcut;
      onWarning?.(
        `${found.reason}, which ${action} (${placeOf(found.shortcut)}) makes within PLUMED: the model takes its inputs by their labels (ARG), not from atoms`,
      );
      return undefined;
    }
    throw new LatentcvError(
      'plumed-input',
      `the columns cannot be evaluated from atoms: ${found.reason}`,
      found.otherUnits ? unitsHint : kindsHint,
    );
  }
  checkDescriptors(columns, found.descriptors);
  if (found.note !== undefined) onWarning?.(found.note);
  return found.descriptors;
}
