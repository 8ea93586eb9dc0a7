import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStructures, type ReadForeign } from '../../../src/native/index.js';
import { LatentcvError, packageRoot } from '../../../src/support/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const crystals = join(packageRoot(), 'test', 'fixtures', 'structures', 'compounds');
const folder = temporaryFolder('foreign-structures');
const bad = join(folder, 'bad.cif');
writeFileSync(bad, 'data_x\nloop_\n_atom_site_label\n_atom_site_fract_x\nNa1\n');

test('many files are read by one process, each told by itself, in their order', async () => {
  const read: ReadForeign[] = [];
  const [salt, zinc] = ['NaCl.cif', 'ZnS.cif'].map((name) => join(crystals, name));
  const places: number[] = [];
  await openStructures([salt, bad, zinc], (place, each) => {
    places.push(place);
    read.push(each);
  });
  assert.deepEqual(places, [0, 1, 2]);
  const [first, second, third] = read;
  assert.ok(!(first instanceof LatentcvError) && !(third instanceof LatentcvError));
  assert.deepEqual([first.types.length, third.types.length], [8, 8]);
  assert.ok(Math.abs(first.box![0] - 0.56402) < 1e-12);
  assert.ok(second instanceof LatentcvError);
  assert.equal(second.code, 'bad-data');
  assert.match(second.message, /bad.cif/);
});

test('without chemfiles nothing is read, and it is told how to get it', async () => {
  process.env.CHEMFILES = join(folder, 'none.so');
  try {
    await assert.rejects(
      openStructures([join(crystals, 'ZnS.cif')], () => undefined),
      {
        code: 'missing-tool',
        hint: /latentcv setup chemfiles/,
      },
    );
  } finally {
    delete process.env.CHEMFILES;
  }
});

test('a crash is of the file it was at, and the next is read by another process', async () => {
  const library = join(folder, 'broken.so');
  const source = '#include <signal.h>\nconst char* chfl_version(void) { raise(SIGSEGV); return "0.10.0"; }\n';
  writeFileSync(`${library}.c`, source);
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, `${library}.c`]);
  process.env.CHEMFILES = library;
  const read: ReadForeign[] = [];
  const paths = ['NaCl.cif', 'ZnS.cif'].map((name) => join(crystals, name));
  await openStructures(paths, (_, each) => read.push(each)).finally(() => delete process.env.CHEMFILES);
  for (const [i, path] of paths.entries())
    assert.equal((read[i] as LatentcvError).message, `chemfiles crashed (SIGSEGV) reading ${path}`);
});
