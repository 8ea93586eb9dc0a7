import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expectSupported,
  headerVersion,
  isSupported,
  parseVersion,
} from '../../../src/programs/plumed/plumed-version.js';
import { temporaryFolder } from '../../temporary-folder.js';

test('the first version in a text', () => {
  assert.deepEqual(parseVersion('PLUMED 2.11.0-dev of 3.4'), [2, 11, 0]);
  assert.deepEqual(parseVersion('2.9'), [2, 9, 0]);
  assert.equal(parseVersion('two'), undefined);
});

test('2.9 and later of 2 are supported, nothing else', () => {
  const of = (...version: [number, number, number]) => ({ version, kernel: 'k.so' });
  assert.deepEqual([of(2, 9, 0), of(2, 11, 0), of(2, 8, 4), of(3, 0, 0)].map(isSupported), [
    true,
    true,
    false,
    false,
  ]);
  expectSupported(of(2, 10, 1));
  assert.throws(() => expectSupported(of(2, 8, 4)), {
    code: 'missing-tool',
    message: /2\.9 or later but k\.so is 2\.8\.4/,
  });
  assert.throws(() => expectSupported(of(3, 0, 0)), { message: /but of PLUMED 2: k\.so is 3\.0\.0/ });
});

test('what headers say, the suffix with it', async () => {
  const folder = temporaryFolder('headers');
  assert.equal(await headerVersion(folder), undefined);
  mkdirSync(join(folder, 'plumed', 'config'), { recursive: true });
  writeFileSync(join(folder, 'plumed', 'config', 'version.h'), '#define PLUMED_VERSION_LONG "2.11.0-dev"\n');
  assert.equal(await headerVersion(folder), '2.11.0-dev');
});
