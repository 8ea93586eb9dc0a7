import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommanderError } from 'commander';
import { exitCodeOf } from '../../src/cli/exit-codes.js';
import { exitCodeFor, failureOf } from '../../src/cli/failure.js';
import { LatentcvError, packageRoot, type ErrorCode } from '../../src/support/index.js';

test('the exit code is that of the error, a fault of ours 1', () => {
  for (const [code, exit] of Object.entries(exitCodeOf)) {
    if (code === 'fault') continue;
    assert.equal(exitCodeFor(new LatentcvError(code as ErrorCode, 'no')), exit);
  }
  assert.equal(exitCodeFor(new TypeError('x is undefined')), 1);
  assert.equal(exitCodeFor(new DOMException('stopped', 'AbortError')), 130);
  assert.equal(exitCodeFor(new CommanderError(1, 'commander.unknownOption', 'unknown option')), 2);
});

test('what the system says of a file counts as the file, not as a fault', () => {
  const lost = (): unknown => {
    try {
      return readFileSync('/no/such/file');
    } catch (error) {
      return error;
    }
  };
  assert.equal(exitCodeFor(lost()), 2);
  assert.equal(failureOf(lost())?.code, 'file-not-found');
});

test('docs/json.md names every code', () => {
  const page = readFileSync(join(packageRoot(), 'docs', 'json.md'), 'utf8');
  const row = /^\| `code` \|.*$/m.exec(page)![0];
  for (const code of Object.keys(exitCodeOf)) assert.ok(row.includes(`\`${code}\``), code);
});
