import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readTables, writeTable, type Dataset } from '../../../src/frames/index.js';
import { python } from '../../onnx/python.js';
import { temporaryFolder } from '../../temporary-folder.js';

/** Numbers that are hard to write. */
export const hard: Dataset = {
  columns: [{ label: 'phi', period: [-Math.PI, Math.PI] }, { label: 'd1' }],
  frames: 4,
  data: Float64Array.of(0.1 + 0.2, 1e-7, -1 / 3, 12345678.9, -0, 5e-324, 1 / 7, 1e300),
  time: Float64Array.of(0, 0.1, 0.2, 0.3),
  segments: [{ start: 0, end: 4, source: 'memory' }],
};

/**
 * A table in the format of this ending is what Python and we read, bit for bit.
 * @param script Python that reads `path` into `rows`
 */
export async function readsBack(ending: string, script: string): Promise<void> {
  const path = join(temporaryFolder('written'), `table.${ending}`);
  assert.deepEqual(await writeTable(path, hard), [{ path, frames: 4 }]);
  const told = python(
    `import sys, json, h5py, numpy as np\npath = sys.argv[1]\n${script}\nprint(json.dumps([[v.hex() for v in r] for r in rows]))`,
    path,
  );
  const rows = JSON.parse(told) as string[][];
  const again = await readTables(path);
  assert.deepEqual([again.data, again.time], [hard.data, hard.time]);
  rows.forEach((row, i) =>
    assert.deepEqual(row, [hard.time[i], ...hard.data.subarray(2 * i, 2 * i + 2)].map(pythonHex)),
  );
  const keepsPeriods = ending !== 'csv' && ending !== 'tsv';
  assert.deepEqual(again.columns, keepsPeriods ? hard.columns : [{ label: 'phi' }, { label: 'd1' }]);
}

/** As Python's float.hex writes it. */
function pythonHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const sign = bits >> 63n ? '-' : '';
  if (exponent === 0) return fraction === '0'.repeat(13) ? `${sign}0x0.0p+0` : `${sign}0x0.${fraction}p-1022`;
  const power = exponent - 1023;
  return `${sign}0x1.${fraction}p${power < 0 ? '' : '+'}${power}`;
}
