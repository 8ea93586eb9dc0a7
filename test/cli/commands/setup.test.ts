import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../../../src/support/folders.js';
import { hasEnded } from '../../has-ended.js';
import { canMount, runMounted } from '../../mounts.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { runCli } from '../run-cli.js';

interface Report {
  cache: string;
  parts: { part: string; state: string; where?: string; download: number; use: string }[];
}

const names = ['plumed', 'gromacs', 'lammps', 'chemfiles', 'cuda'];

/** A machine with these commands and nothing else of use. */
function machine(cache: string, commands: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const path = temporaryFolder('path');
  for (const [name, body] of Object.entries(commands)) {
    writeFileSync(join(path, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(path, name), 0o755);
  }
  symlinkSync('/bin/bash', join(path, 'bash'));
  return {
    PATH: path,
    LATENTCV_CACHE: cache,
    PLUMED_KERNEL: '',
    GMX: '',
    LATENTCV_LAMMPS: '',
    CHEMFILES: '',
  };
}

/** With pip, and a cache folder of its own. */
const withPip = (cache: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...{ LATENTCV_CACHE: cache, CHEMFILES: '', ...more },
});

const library = (cache: string): string => join(cache, 'chemfiles', 'libchemfiles.so');

/** `latentcv setup chemfiles`, its python3 one that says its number and sleeps when it is to download. */
function startSleeping(cache: string): { child: ReturnType<typeof spawn>; pid: Promise<number> } {
  const note = join(cache, 'pid');
  const sleeper = machine(cache, {
    python3: `case "$*" in *download*) echo $$ > "${note}"; exec sleep 1000;; esac`,
  });
  const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');
  const env = { ...process.env, ...sleeper, PATH: `${sleeper.PATH}:${process.env.PATH}` };
  const child = spawn(process.execPath, [main, 'setup', 'chemfiles'], { env, stdio: 'ignore' });
  const pid = until(() => (existsSync(note) ? Number(readFileSync(note, 'utf8')) : 0));
  return { child, pid };
}

/** What is found once it is there, within a minute and a half. */
async function until<T>(look: () => T): Promise<NonNullable<T>> {
  for (const end = performance.now() + 90_000; performance.now() < end;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${look.toString()}`);
}

test('without a part: every part, what is here and what is not, from where and how big', () => {
  const cache = temporaryFolder('setup');
  const { code, stdout } = runCli(['setup', '--json'], { env: machine(cache) });
  assert.equal(code, 0);
  const report = JSON.parse(stdout) as Report;
  assert.equal(report.cache, cache);
  assert.deepEqual(
    report.parts.map(({ part }) => part),
    names,
  );
  for (const { part, state, download } of report.parts.filter(({ part }) => part !== 'cuda')) {
    assert.equal(state, 'missing', part);
    assert.ok(download > 0);
  }
  assert.match(
    runCli(['setup'], { env: machine(cache) }).stdout,
    /^missing +plumed .*\n +from the wheel hillclimber [\d.]+ on PyPI: \d+ MB to fetch, \d+ MB on the disk\n +→ latentcv setup plumed$/m,
  );
  assert.deepEqual(readdirSync(cache), []);
});

test('a missing Python, or pip, is told before anything is fetched', () => {
  const cache = temporaryFolder('setup');
  const without = runCli(['setup', 'chemfiles', 'plumed'], { env: machine(cache) });
  assert.equal(without.code, 3);
  assert.match(without.stderr, /^error: expected python3, which fetching PLUMED needs, but there is none$/m);
  assert.match(without.stderr, /^hint: install it \(on Debian: apt-get install python3 python3-pip/m);
  const noPip = machine(cache, { python3: '[ "$1" = --version ]' });
  const { stderr } = runCli(['setup', 'chemfiles'], { env: noPip });
  assert.match(stderr, /^error: expected a python3 with the module pip, which fetching chemfiles needs/m);
  assert.deepEqual(readdirSync(cache), []);
});

test('chemfiles is fetched, trajectories are read with it, and it is not fetched again', async () => {
  const cache = temporaryFolder('setup');
  const env = withPip(cache);
  const structure = join(packageRoot(), 'test', 'fixtures', 'trajectories', '173D.mmtf');
  const read = ['descriptors', structure, '--descriptors', 'distances (index 0-3)'];
  assert.match(runCli(read, { env }).stderr, /^hint: latentcv setup chemfiles fetches it/m);
  const { code, stdout, stderr } = runCli(['setup', 'chemfiles'], { env });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /from the wheel chemfiles [\d.]+ on PyPI: 2 MB to fetch, 4 MB on the disk/);
  assert.match(stdout, /^here +chemfiles +.*\/chemfiles$/m);
  assert.match(runCli(read, { env }).stdout, /6 descriptors of 4 atoms/);
  const before = statSync(library(cache));
  const again = runCli(['setup', 'chemfiles'], { env });
  assert.deepEqual([again.code, again.stderr], [0, '']);
  assert.equal(statSync(library(cache)).ino, before.ino);

  // killed in the middle, all of it is gone at once, and the next run gives the same
  const other = temporaryFolder('setup');
  const { child, pid } = startSleeping(other);
  const downloading = await pid;
  child.kill('SIGKILL');
  await until(() => hasEnded(downloading));
  assert.ok(!existsSync(library(other)));
  const second = runCli(['setup', 'chemfiles', '--json'], { env: withPip(other) });
  assert.equal((JSON.parse(second.stdout) as Report).parts[0].state, 'fetched', second.stderr);
  assert.deepEqual(readFileSync(library(other)), readFileSync(library(cache)));
  assert.deepEqual(readdirSync(join(other, 'locks')), []);
  assert.ok(!existsSync(join(other, 'chemfiles.new')));
});

test('Ctrl-C ends the download and says that finished parts are kept', async () => {
  const { child, pid } = startSleeping(temporaryFolder('setup'));
  const downloading = await pid;
  const code = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGINT');
  assert.equal(await code, 130);
  await until(() => hasEnded(downloading));
});

test('a file whose hash is another is refused', () => {
  const [cache, registry] = [temporaryFolder('setup'), temporaryFolder('registry')];
  writeFileSync(join(registry, 'chemfiles-0.10.4-py2.py3-none-manylinux2014_x86_64.whl'), 'another');
  const env = withPip(cache, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: registry });
  const { code, stderr, stdout } = runCli(['setup', 'chemfiles'], { env });
  assert.equal(code, 1);
  assert.match(stderr, /^error: chemfiles: the registry sent another file than the one whose hash latentcv/m);
  assert.match(stdout, /^missing +chemfiles/m);
});

test('a registry that does not answer is told', () => {
  const registry = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_FIND_LINKS: '', PIP_RETRIES: '0' };
  const { code, stderr } = runCli(['setup', 'chemfiles'], {
    env: withPip(temporaryFolder('setup'), registry),
  });
  assert.equal(code, 1);
  assert.match(stderr, /^error: chemfiles: a download failed \(.*; whole log: .*chemfiles\.log\)$/m);
  assert.match(stderr, /^hint: look at the network and the package registries \(pip config list\)/m);
});

describe('on disks that cannot be written', { skip: !canMount && 'no mounts without privileges' }, () => {
  const before = (folder: string): string => `export LATENTCV_CACHE='${folder}' CHEMFILES=`;

  test('a cache folder that can only be read', () => {
    const folder = temporaryFolder('setup');
    const { code, stderr } = runMounted(['setup', 'chemfiles'], { readOnly: folder, before: before(folder) });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^error: chemfiles: cannot write the cache folder .*: its file system can only be read$/m,
    );
    assert.match(stderr, /^hint: set LATENTCV_CACHE to a folder of yours$/m);
  });

  test('a disk without room for it', () => {
    const folder = temporaryFolder('setup');
    const full = { folder, kilobytes: 3000 };
    const { code, stderr, left } = runMounted(['setup', 'chemfiles'], { full, before: before(folder) });
    assert.equal(code, 1);
    assert.match(stderr, /^error: expected 6 MB of room in .* but its disk has 3 MB left$/m);
    assert.deepEqual(left, {});
  });
});
