import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { cacheFolder, inCaches, packageRoot, sharedCaches } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test('the cache folder is that of LATENTCV_CACHE, from wherever it is named', () => {
  process.env.LATENTCV_CACHE = 'some/cache';
  assert.equal(cacheFolder(), join(process.cwd(), 'some', 'cache'));
});

test('what is downloaded or built is looked for in the cache folder, then in the shared one', () => {
  const [own, site] = [temporaryFolder('own'), temporaryFolder('site')];
  Object.assign(process.env, { LATENTCV_CACHE: own, LATENTCV_SITE: site });
  assert.deepEqual(sharedCaches().slice(0, 1), [site]);
  assert.equal(inCaches('plumed'), join(own, 'plumed'));
  mkdirSync(join(site, 'plumed'));
  assert.equal(inCaches('plumed'), join(site, 'plumed'));
  mkdirSync(join(own, 'plumed'));
  assert.equal(inCaches('plumed'), join(own, 'plumed'));
});

test('a checkout keeps its own cache where it may be written to', () => {
  delete process.env.LATENTCV_CACHE;
  const places = [
    join(packageRoot(), '.cache'),
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'latentcv'),
  ];
  assert.ok(places.includes(cacheFolder()), cacheFolder());
});
