import { expectText } from '../../support/index.js';
import { ColvarHeader } from './colvar-header.js';
import { openTable } from './open-table.js';
import type { TableReading } from './table.js';
import { textBlocks } from './text-blocks.js';

/**
 * The columns of a table but the time, before it is read: of a COLVAR by its first lines alone.
 * @throws LatentcvError as `openTable`
 * @throws LatentcvError `bad-argument` where an argument is of another kind or length
 */
export async function tableLabels(path: string, reading: TableReading = {}): Promise<readonly string[]> {
  expectText(path, 'path');
  const fields = await colvarFields(path);
  if (fields) return fields.filter((label) => label !== 'time');
  return (await openTable(path, { ...reading, onWarning: () => undefined })).labels;
}

/** Undefined for a file that is no COLVAR, or none yet. */
async function colvarFields(path: string): Promise<readonly string[] | undefined> {
  const header = new ColvarHeader(path);
  for await (const { bytes } of textBlocks(path, 1 << 16)) {
    for (const line of bytes.toString('utf8').split('\n')) {
      if (!line.startsWith('#!')) return undefined;
      const words = line.slice(2).trim().split(/\s+/);
      if (words[0] !== 'FIELDS') continue;
      header.take(words, 1);
      header.refuseKernels();
      return header.fields;
    }
  }
  return undefined;
}
