import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutTable, endOfTable, endsOfTable } from '../../../src/campaign/runs/cut-table.js';
import { temporaryFolder } from '../../temporary-folder.js';

const path = join(temporaryFolder('cut'), 'COLVAR');
const header = '#! FIELDS time a\n#! SET min_a -pi\n';

test('rows behind a time are cut, with the header that a restart wrote among them', async () => {
  await writeFile(path, `${header} 0 1\n 1 2\n 2 3\n${header} 2 3\n 3 4\n`);
  const end = await endOfTable(path, (time) => time < 1.5);
  assert.ok(end);
  assert.deepEqual([end.rows, end.dropped, end.lastTime], [2, 3, 1]);
  await cutTable(end);
  assert.equal(await readFile(path, 'utf8'), `${header} 0 1\n 1 2\n`);
  await cutTable((await endOfTable(path, (time) => time < 1.5))!);
  assert.equal(await readFile(path, 'utf8'), `${header} 0 1\n 1 2\n`);
});

test('a row that is not whole does not count: without its end, with columns missing, no number', async () => {
  for (const last of [' 2 3', ' 2\n', ' nan nan\n', '\0\0\0\n']) {
    await writeFile(path, `${header} 0 1\n 1 2\n${last}`);
    const end = await endOfTable(path, () => true);
    assert.deepEqual([end?.rows, end?.lastTime], last === ' nan nan\n' ? [3, NaN] : [2, 1], last);
  }
  const nan = await endOfTable(path.replace('COLVAR', 'none'), () => true);
  assert.equal(nan, undefined);
});

test('hills of a run that blew up do not count', async () => {
  await writeFile(path, `${header} 0 1\n 1 -nan\n 2 3\n`);
  assert.equal((await endOfTable(path, () => true))?.rows, 3);
  assert.deepEqual((await endOfTable(path, () => true, { finite: true }))?.lastTime, 0);
});

test('what another run had left stays', async () => {
  const others = `${header} 0 1\n 50 2\n`;
  await writeFile(path, `${others}${header} 1 2\n 2 3\n`);
  const end = await endOfTable(path, (time) => time <= 1, { from: others.length });
  assert.deepEqual([end?.rows, end?.dropped, end?.lastTime], [1, 1, 1]);
  await cutTable(end!);
  assert.equal(await readFile(path, 'utf8'), `${others}${header} 1 2\n`);
});

test('a table of many blocks is cut at the right byte', async () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => ` ${i} ${Math.sin(i)}\n`);
  await writeFile(path, header + rows.join(''));
  const end = await endOfTable(path, (time) => time <= 200_000);
  assert.equal(end?.kept, (header + rows.slice(0, 200_001).join('')).length);
});

test('the ends for several times are those of each, from one reading', async () => {
  await writeFile(path, `${header} 0 1\n 1 2\n 2 3\n${header} 2 3\n 3 -nan\n 4 5\n 5`);
  const times = [2.5, 0.5, 9, -1];
  const kept = times.map((end) => (time: number) => time < end);
  for (const rules of [{}, { finite: true }, { from: header.length + 5 }]) {
    const each = await Promise.all(kept.map((isKept) => endOfTable(path, isKept, rules)));
    assert.deepEqual(await endsOfTable(path, kept, rules), each);
  }
  const rows = (await endsOfTable(path, kept))!.map((end) => [end.rows, end.dropped]);
  assert.deepEqual(rows, [
    [4, 3],
    [1, 6],
    [6, 1],
    [0, 7],
  ]);
});
