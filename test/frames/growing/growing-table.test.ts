import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { GrowingTable, growingColumns } from '../../../src/frames/growing/index.js';
import { readColumns } from '../../../src/frames/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const folder = temporaryFolder('growing');
const head = '#! FIELDS time phi opes.bias\n#! SET min_phi -pi\n#! SET max_phi pi\n';
const rows = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, i) => ` ${from + i}.000000 ${(from + i) / 1000} ${-(from + i)}\n`,
  ).join('');
let files = 0;
const place = (): string => join(folder, `COLVAR-${files++}`);

function table(path: string, options = {}): GrowingTable {
  return new GrowingTable(path, ['opes.bias', 'phi'], options);
}

const biases = (of: GrowingTable): number[] => [...of.values('opes.bias')];

/** What the readers of whole files make of it. */
async function whole(path: string) {
  const { frames, time, segments, values } = await readColumns(path, { columns: ['opes.bias', 'phi'] });
  return {
    ...{ frames, segments, values: [...values('opes.bias')] },
    times: Array.from({ length: frames }, (_, i) => time.at(i)),
  };
}

function growing(of: GrowingTable) {
  const { frames, time, segments, values } = growingColumns([of], ['opes.bias', 'phi'])!;
  return {
    ...{ frames, segments, values: [...values('opes.bias')] },
    times: Array.from({ length: frames }, (_, i) => time.at(i)),
  };
}

test('only what was written since is read, and a half line waits for its end', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 3) + ' 3.0000');
  const colvar = table(path);
  assert.equal(await colvar.refresh(), true);
  assert.deepEqual(biases(colvar), [0, -1, -2]);
  assert.equal(colvar.bytes, (head + rows(0, 3)).length);
  assert.equal(await colvar.refresh(), false);
  appendFileSync(path, '00 0.003 -3');
  assert.equal(await colvar.refresh(), false);
  assert.equal(colvar.length, 3);
  appendFileSync(path, '\n' + rows(4, 6));
  assert.equal(await colvar.refresh(), true);
  assert.deepEqual(biases(colvar), [0, -1, -2, -3, -4, -5]);
  assert.deepEqual(colvar.column('phi').period, [-Math.PI, Math.PI]);
  assert.equal(colvar.leftOut, 0);
  assert.deepEqual(growing(colvar), await whole(path));
});

test('what was read stays, whatever happens to the bytes before: they are not read again', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 2000));
  const colvar = table(path);
  await colvar.refresh();
  // far behind the end, where a look has no business: the same inode and length
  const text = head + rows(0, 2000);
  writeFileSync(path, text.replace(' 5.000000 0.005 -5', ' 5.000000 0.005 -7') + rows(2000, 2001));
  await colvar.refresh();
  assert.equal(biases(colvar)[5], -5);
  assert.equal(colvar.length, 2001);
});

test('a file that was cut back is read anew', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 10));
  const colvar = table(path);
  await colvar.refresh();
  truncateSync(path, (head + rows(0, 4)).length);
  assert.equal(await colvar.refresh(), true);
  assert.equal(colvar.length, 4);
  // and where it has grown again before the next look
  truncateSync(path, head.length);
  appendFileSync(path, rows(100, 130));
  assert.equal(await colvar.refresh(), true);
  assert.deepEqual(
    biases(colvar),
    Array.from({ length: 30 }, (_, i) => -(100 + i)),
  );
});

test('a file in place of the one that was there is read anew, longer or not', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 5));
  const colvar = table(path);
  await colvar.refresh();
  const first = statSync(path).ino;
  renameSync(path, `${path}.bck`);
  await assert.rejects(colvar.refresh(), { code: 'file-not-found' });
  writeFileSync(path, head + rows(50, 60));
  assert.notEqual(statSync(path).ino, first);
  assert.equal(await colvar.refresh(), true);
  assert.deepEqual(
    biases(colvar),
    Array.from({ length: 10 }, (_, i) => -(50 + i)),
  );
  // file systems give the number of a file that is gone to the next one
  rmSync(path);
  writeFileSync(path, head + rows(200, 300));
  assert.equal(await colvar.refresh(), true);
  assert.deepEqual([colvar.length, biases(colvar)[0]], [100, -200]);
});

test('frames that a restart wrote again count once, as readers of whole files have it', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 20) + ' 20.00');
  const colvar = table(path);
  await colvar.refresh();
  // PLUMED writes its header behind what a crash left of a line
  appendFileSync(path, head + rows(12, 15));
  await colvar.refresh();
  assert.deepEqual(growing(colvar), await whole(path));
  assert.equal(growing(colvar).frames, 15);
  assert.equal(colvar.leftOut, 1);
  appendFileSync(path, rows(15, 30) + head + rows(40, 50) + head + rows(45, 60));
  await colvar.refresh();
  assert.deepEqual(growing(colvar), await whole(path));
  assert.equal(growing(colvar).segments.length, 2);
  // time that starts over is another run
  appendFileSync(path, head + rows(0, 5));
  await colvar.refresh();
  assert.deepEqual(growing(colvar), await whole(path));
});

test('several tables are joined, and units of time are ps', async () => {
  const [one, two] = [place(), place()];
  writeFileSync(one, head + rows(0, 4));
  writeFileSync(two, head + rows(2, 5));
  const tables = [one, two].map((path) => table(path, { timeUnit: 0.5 }));
  assert.equal(growingColumns(tables, ['phi']), undefined);
  for (const each of tables) await each.refresh();
  const joined = growingColumns(tables, ['phi', 'opes.bias'])!;
  assert.deepEqual(joined.segments, [
    { start: 0, end: 4, source: one },
    { start: 4, end: 7, source: two },
  ]);
  assert.deepEqual([...joined.values('opes.bias')], [0, -1, -2, -3, -2, -3, -4]);
  assert.deepEqual(
    [3, 4, 6, 7].map((frame) => joined.time.at(frame)),
    [1.5, 1, 2, undefined],
  );
});

test('many numbers are held in single precision, and those before them too', async () => {
  const path = place();
  writeFileSync(path, head + rows(0, 1500));
  const colvar = table(path, { mostInDouble: 2000 });
  await colvar.refresh();
  assert.ok(colvar.single);
  assert.ok(colvar.values('phi') instanceof Float32Array);
  assert.deepEqual(biases(colvar).slice(0, 3), [0, -1, -2]);
  assert.equal(biases(colvar)[1499], -1499);
});

test('what cannot be read is told: no PLUMED table, a packed one, a column that is not there', async () => {
  const path = place();
  writeFileSync(path, '');
  const colvar = table(path);
  assert.equal(await colvar.refresh(), true);
  assert.equal(growingColumns([colvar], ['phi']), undefined);
  writeFileSync(path, '1 2 3\n');
  await assert.rejects(colvar.refresh(), { code: 'file-format', message: /FIELDS/ });
  writeFileSync(path, head + rows(0, 2));
  await colvar.refresh();
  assert.equal(colvar.length, 2);
  writeFileSync(path, gzipSync(head + rows(0, 2)));
  await assert.rejects(colvar.refresh(), { code: 'file-format', message: /packed/ });
  writeFileSync(path, head.replace('phi', 'psi') + rows(0, 2));
  await assert.rejects(colvar.refresh(), { code: 'bad-argument', message: /column phi .* psi, opes\.bias/ });
  writeFileSync(path, head + rows(0, 2) + ' 2.0 nan 3\n 3.0 1\n' + rows(4, 5));
  await colvar.refresh();
  assert.deepEqual([colvar.length, colvar.leftOut], [3, 2]);
});
