import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';

const text = (...path: string[]): string => readFileSync(join(packageRoot(), ...path), 'utf8');

test('docs/clusters.md shows the job script that npm run test:slurm submits', () => {
  const [, shown] =
    /```sh\n(#!\/bin\/bash\n# A run in pieces[^]*?)```/.exec(text('docs', 'clusters.md')) ?? [];
  assert.equal(shown, text('packaging', 'slurm', 'job.sh'));
});
