import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.js';

/** SHA-256 (hex) over the column labels and the values, bit for bit: tells whether a model was trained on these data. */
export function fingerprint({ columns, data }: Pick<Dataset, 'columns' | 'data'>): string {
  const hash = createHash('sha256');
  hash.update(columns.map((column) => column.label).join('\n'));
  hash.update('\0');
  hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest('hex');
}
