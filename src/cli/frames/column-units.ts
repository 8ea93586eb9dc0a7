import { columnUnit } from '../../plumed/index.js';
import { LatentcvError } from '../../support/index.js';
import { parsePlumedFile } from './sampled-files.js';
import type { LoadedRun } from './sampled-run.js';

/** Units of a run's columns, by the PLUMED input that printed them. */
export function unitsIn({
  files,
}: Pick<LoadedRun, 'files'>): ((column: string) => string | undefined) | undefined {
  const path = files[0].input;
  if (path === undefined) return undefined;
  try {
    const { input } = parsePlumedFile(path);
    return (column) => columnUnit(input, column);
  } catch (error) {
    // an input of parts that are no longer there: the axes go without
    if (error instanceof LatentcvError) return undefined;
    throw error;
  }
}
