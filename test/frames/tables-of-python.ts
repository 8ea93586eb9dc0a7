import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTables, type Dataset, type TableOptions } from '../../src/frames/index.js';
import { runFixture } from '../native/fixtures.js';
import { temporaryFolder } from '../temporary-folder.js';
import { fileWith } from './helpers.js';

export const folder = temporaryFolder('tables');

runFixture('tables.py', folder);

export const reference = JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')) as {
  time: number[];
  data: number[];
};

export const read = (name: string, options?: TableOptions) => readTables(join(folder, name), options);

export const text = (content: string, name = 'bad.csv') => fileWith(content, name);

export const labelsOf = ({ columns }: Dataset): string[] => columns.map(({ label }) => label);

export type NamedTable = [string, TableOptions?];

/** Tables that tables.py wrote, of the same numbers: each is read as Python has it. */
export function readsAsPython(tables: NamedTable[]): void {
  for (const [name, options] of tables)
    test(`${name}: names, times and values as Python has them, bit for bit`, async () => {
      for (const chunkBytes of [undefined, 100]) {
        const set = await read(name, { ...options, ...(chunkBytes && { chunkBytes }) });
        assert.deepEqual(labelsOf(set), ['phi', 'd1', 'd2']);
        assert.deepEqual([...set.data], reference.data);
        // ns in the file are ps here, to round-off
        set.time.forEach((ps, i) => assert.ok(Math.abs(ps - reference.time[i]) < 1e-14 * 50));
        assert.deepEqual(set.segments.length, 1);
        assert.deepEqual(set.warnings, []);
      }
    });
}

export type Refused = [string, () => string | Promise<string>, RegExp, string, TableOptions?];

/** Each file is refused, with its message and code. */
export function refuses(files: Refused[]): void {
  for (const [what, path, message, code, options] of files)
    test(`refused: ${what}`, async () => {
      await assert.rejects(readTables(await path(), { timestep: 1, ...options }), { code, message });
    });
}
