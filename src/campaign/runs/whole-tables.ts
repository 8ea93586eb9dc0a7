import { resolve } from 'node:path';
import { inputUnits, writtenTables, type PlumedInput } from '../../plumed/index.js';
import { LatentcvError, digits } from '../../support/index.js';
import { endOfTable } from './cut-table.js';

/**
 * Holds a run that came to its end against the tables that it printed: what did not fit on a disk is missing without a word of
 * the engine's or PLUMED's.
 * @throws LatentcvError `file-access` with the first table that ends early
 */
export async function expectWholeTables(
  input: PlumedInput,
  folder: string,
  { steps, timestep }: { steps: number; timestep: number },
): Promise<void> {
  const unit = timestep / inputUnits(input).time;
  for (const { file, stride, ofBias } of writtenTables(input)) {
    if (stride === undefined || ofBias || file.endsWith('.gz')) continue;
    const end = await endOfTable(resolve(folder, file), () => true);
    const reached = Math.round((end?.lastTime ?? 0) / unit);
    // engines differ in whether PLUMED sees the last step
    if (end !== undefined && reached >= Math.floor((steps - 1) / stride) * stride) continue;
    if (end?.lastTime === undefined)
      throw new LatentcvError(
        'file-access',
        `expected rows up to ${digits(steps * unit, 6)} in ${resolve(folder, file)} but ${end ? 'it has none' : 'there is no such file'}`,
        `what the engine printed is in ${folder}; where the disk was full, make room and give the same command again`,
      );
    throw new LatentcvError(
      'file-access',
      `expected ${resolve(folder, file)} to reach ${digits(steps * unit, 6)} but it ends at ${digits(reached * unit, 6)}: its last rows were not written (a full disk?)`,
      'make room, and give the same command again: it goes on from the last checkpoint that the tables reach',
    );
  }
}
