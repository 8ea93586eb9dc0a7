import { LatentcvError } from '../support/index.js';
import type { Dataset } from './dataset.js';
import { collectFrames } from './frame-stream.js';
import { planBatches, readPlannedBatches, type TableOptions } from './table-batches.js';

/** A dataset read from tables, with what was unusual about them. */
export interface TableDataset extends Dataset {
  warnings: string[];
}

/**
 * Reads tables (COLVAR, CSV, NPY, HDF5) into one dataset; see `readTableBatches` for what is read and thrown. The
 * result's `warnings` repeat what `onWarning` was told.
 * @throws LatentcvError `bad-data` where no frame is left
 */
export async function readTables(
  paths: string | readonly string[],
  options: TableOptions = {},
): Promise<TableDataset> {
  const { plan, mostFrames } = await planBatches(paths, options);
  const warnings: string[] = [];
  const onWarning = (message: string): void => {
    warnings.push(message);
    options.onWarning?.(message);
  };
  const { columns } = plan;
  const batches = () => readPlannedBatches(plan, { ...options, onWarning });
  const dataset = await collectFrames({ columns, mostFrames, batches });
  if (dataset.frames === 0) throw noFrames([paths].flat(), options);
  return { ...dataset, ...(options.rows && { rows: true as const }), warnings };
}

export function noFrames(paths: readonly string[], { begin, end }: TableOptions): LatentcvError {
  const range =
    begin === undefined && end === undefined ? '' : ` between ${begin ?? '-∞'} and ${end ?? '∞'} ps`;
  return new LatentcvError('bad-data', `expected frames${range} in ${paths.join(', ')} but found none`);
}
