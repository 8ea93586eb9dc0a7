import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { putInPlace } from '../../../src/programs/plugin/compile-plugin.js';
import { workFolder } from '../../../src/programs/plugin/cache-write.js';
import { temporaryFolder } from '../../temporary-folder.js';

const before = { umask: process.umask(0o077), cache: process.env.LATENTCV_CACHE };
after(() => {
  process.umask(before.umask);
  if (before.cache === undefined) delete process.env.LATENTCV_CACHE;
  else process.env.LATENTCV_CACHE = before.cache;
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

for (const [shared, folders, file] of [
  [0o755, '755', '755'],
  [0o750, '750', '750'],
  [0o700, '700', '700'],
] as const)
  test(`what is built under umask 077 in a folder of ${shared.toString(8)} is readable as that is`, async () => {
    const cache = join(temporaryFolder('shared'), 'cache');
    mkdirSync(cache);
    chmodSync(cache, shared);
    process.env.LATENTCV_CACHE = cache;
    const work = await workFolder('plugin');
    const fresh = join(work, 'lib.so');
    writeFileSync(fresh, 'library');
    chmodSync(fresh, 0o700);
    const path = join(cache, 'plugin', 'key', 'lib.so');
    await putInPlace(fresh, path);
    assert.deepEqual([dirname(dirname(path)), dirname(path), path].map(modeOf), [folders, folders, file]);
    // where it is built goes away
    assert.equal(modeOf(work), '700');
  });
