import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readTables } from '../../../src/frames/index.js';
import { RowParser } from '../../../src/frames/tables/row-parser.js';
import { textBlocks } from '../../../src/frames/tables/text-blocks.js';
import { fileWith } from '../helpers.js';

async function linesOf(path: string, chunkBytes: number): Promise<string[]> {
  const blocks: string[] = [];
  for await (const { bytes } of textBlocks(path, chunkBytes)) blocks.push(bytes.toString());
  return blocks;
}

test('lines over many chunks are whole, in whatever pieces they come', async () => {
  const text = `${'a'.repeat(5000)}\nb\n\n${'c'.repeat(3)}`;
  const path = await fileWith(text);
  for (const chunkBytes of [1, 7, 4096, 1 << 20])
    assert.equal((await linesOf(path, chunkBytes)).join(''), text);
  for (const block of (await linesOf(path, 7)).slice(0, -1)) assert.ok(block.endsWith('\n'));
});

test('a line without end is refused before it is read, packed or not', async () => {
  const packed = gzipSync(Buffer.alloc(200 << 20, '1'), { level: 1 });
  for (const name of ['line.csv.gz', 'COLVAR.gz']) {
    const before = process.memoryUsage().rss;
    await assert.rejects(readTables(await fileWith(packed, name)), {
      code: 'file-format',
      message: /expected a table in \S+ but it has a line of more than 64 MiB/,
    });
    assert.ok(process.memoryUsage().rss - before < 400 << 20);
  }
});

test('a word of many digits is no number, in time that grows as it does', () => {
  const parser = new RowParser(Int32Array.of(0));
  const timed = (digits: number): number => {
    const bytes = Buffer.from(`${'1'.repeat(digits)}x`);
    const began = process.cpuUsage().user;
    parser.parse(bytes, 0, bytes.length, new Float64Array(1), 0);
    return process.cpuUsage().user - began;
  };
  timed(1000);
  // quadratic, 300,000 digits took 18 minutes
  assert.ok(timed(300_000) < 2_000_000);
  assert.equal(parser.notNumber, 0);
});

test('such a word is shown by its beginning', async () => {
  const path = await fileWith(`time,a\n0,1\n1,${'1'.repeat(100_000)}x\n`, 'long.csv');
  await assert.rejects(readTables(path), { message: /received 1{40}… \(100001 characters\)/ });
});

test('a byte order mark is no part of a table', async () => {
  const colvar = '#! FIELDS time d1\n0 1\n1 2\n';
  const warnings: string[] = [];
  for (const [text, name] of [
    [colvar, 'COLVAR'],
    ['time,d1\n0,1\n1,2\n', 'marked.csv'],
    ['0 1\n1 2\n', 'numbers.csv'],
  ] as const) {
    const { data } = await readTables(await fileWith(`\uFEFF${text}`, name), {
      timestep: 1,
      onWarning: (line) => warnings.push(line),
    }).catch((error: Error) => assert.fail(`${name}: ${error.message}`));
    assert.deepEqual([...data].slice(-1), [2], name);
  }
  assert.deepEqual(
    warnings.filter((line) => line.includes('cut off')),
    [],
  );
});
