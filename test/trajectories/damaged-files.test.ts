import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTrajectories } from './fixtures.js';

const { folder, remove } = makeTrajectories();
after(remove);
const script = fileURLToPath(new URL('./read-damaged.js', import.meta.url));

/** Reads a file cut at many places, or with bytes changed, in a process of its own: a crash or a hang fails. */
function readDamaged(ending: string, how: 'cut' | 'changed'): { read: number; refused: number } {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script, folder, ending, how], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  assert.equal(status, 0, `${ending} ${how}: ${signal ?? ''} ${stderr.slice(-500)}`);
  return JSON.parse(stdout) as { read: number; refused: number };
}

const endings = ['xtc', 'trr', 'dcd', 'nc', 'xyz', 'gro', 'pdb', 'lammpstrj'];

for (const ending of endings)
  test(`${ending} files cut at any byte are read or refused`, () => {
    const { read, refused } = readDamaged(ending, 'cut');
    assert.ok(read > 0 && refused > 0);
  });

for (const ending of endings)
  test(`${ending} files with changed bytes are read or refused`, () => {
    const { read, refused } = readDamaged(ending, 'changed');
    assert.ok(read > 0 && refused > 0);
  });
