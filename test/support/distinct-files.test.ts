import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copiesAmong, expectDistinctFiles } from '../../src/support/distinct-files.js';
import { temporaryFolder } from '../temporary-folder.js';

test('one file by two names is refused, however it is named; files that are not there are left to their reader', async () => {
  const folder = temporaryFolder('distinct');
  const [a, b, soft, hard] = ['a', 'b', 'soft', 'hard'].map((name) => join(folder, name));
  for (const path of [a, b]) writeFileSync(path, 'same');
  symlinkSync(a, soft);
  linkSync(a, hard);
  await expectDistinctFiles([a, b, join(folder, 'none'), join(folder, 'neither')]);
  for (const other of [a, soft, hard, join(folder, '.', '..', folder.split('/').at(-1)!, 'a')])
    await assert.rejects(expectDistinctFiles([b, a, other]), {
      code: 'bad-argument',
      message: /twice|one file/,
    });
});

test('a copy is told by what it holds, and no other file is', async () => {
  const place = temporaryFolder('contents');
  const write = (name: string, text: string): string => {
    writeFileSync(join(place, name), text);
    return join(place, name);
  };
  const [a, b, c, d] = [write('a', '1 2\n'), write('b', '1 3\n'), write('c', '1 2\n'), write('d', '1 2 3\n')];
  const none = join(place, 'none');
  assert.deepEqual([...(await copiesAmong([a, b, c, d, none]))], [[c, a]]);
});
