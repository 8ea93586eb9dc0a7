import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';

const parts = join(packageRoot(), 'scripts', 'parts');

/** A folder of commands to stand as the whole PATH: links to the machine's own, and scripts. */
function commands(own: string[], scripts: Record<string, string> = {}): string {
  const folder = temporaryFolder('path');
  for (const name of own) {
    const place = ['/usr/bin', '/bin'].map((dir) => join(dir, name)).find((path) => existsSync(path));
    assert.ok(place, `${name} is not on this machine`);
    symlinkSync(place, join(folder, name));
  }
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const basics = ['bash', 'dirname', 'basename', 'readlink', 'uname', 'rm', 'mkdir', 'mv', 'cat', 'grep', 'id'];

function runPart(name: string, path: string, ...args: string[]) {
  return spawnSync('/bin/bash', [join(packageRoot(), 'scripts', 'fetch', name), ...args], {
    encoding: 'utf8',
    env: { PATH: path },
  });
}

const onMachine = join(packageRoot(), 'dist', 'src', 'setup', 'on-machine.js');

/** What an expression over one of the modules in scripts/parts gives, with this PATH and nothing else set. */
function ask(module: string, expression: string, env: NodeJS.ProcessEnv): string {
  const url = JSON.stringify(resolve(parts, module));
  const code = `const m = await import(${url}); console.log(${expression})`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env,
  });
  assert.equal(stderr, '');
  return stdout.trim();
}

test('a machine without apt is told apart from one where a download failed', () => {
  for (const name of ['gromacs', 'chromium']) {
    const folder = join(temporaryFolder('parts'), name);
    const { status, stderr } = runPart(`${name}.sh`, commands(basics), folder);
    assert.equal(status, 3);
    assert.match(stderr, /no apt/);
    assert.equal(existsSync(folder), false);
  }
});

test('what was only half made does not count as made', () => {
  const root = temporaryFolder('parts');
  const path = commands(basics, { python3: 'echo "Temporary failure in name resolution" >&2; exit 1' });
  const { status } = runPart('plumed.sh', path, join(root, 'plumed'));
  assert.equal(status, 1);
  assert.equal(existsSync(join(root, 'plumed')), false);
});

test("set-up's own PLUMED is fetched where the library finds none that it supports; a wrong PLUMED_KERNEL stops it", () => {
  const found = (env: NodeJS.ProcessEnv): string =>
    ask(onMachine, 'await m.plumedOnMachine().catch((error) => error.message)', {
      LATENTCV_CACHE: temporaryFolder('cache'),
      PATH: commands([]),
      ...env,
    });
  assert.equal(found({}), 'undefined');
  // a command without a kernel is no PLUMED that can be built against
  assert.equal(found({ PATH: commands([], { plumed: 'echo 2.10' }) }), 'undefined');
  assert.match(
    found({ PLUMED_KERNEL: '/nowhere/libplumedKernel.so' }),
    /expected PLUMED's kernel at PLUMED_KERNEL=/,
  );
  const kernel = join(cacheFolder(), 'plumed', 'plumed', '_lib', 'lib', 'libplumedKernel.so');
  if (existsSync(kernel)) {
    const { LATENTCV_CACHE, PATH } = process.env;
    const given = found({ PATH, PLUMED_KERNEL: kernel, ...(LATENTCV_CACHE && { LATENTCV_CACHE }) });
    assert.match(given, new RegExp(`^PLUMED 2\\.\\d+\\S* at ${kernel}$`));
  }
});

test('a GROMACS on PATH is used where its mdrun takes -plumed', () => {
  const found = (help: string): string =>
    ask(onMachine, 'await m.gromacsOnMachine()', {
      LATENTCV_CACHE: temporaryFolder('cache'),
      PATH: commands([], { gmx: `echo "${help}"` }),
    });
  assert.match(found('mdrun [-s] [-plumed]'), /^GROMACS unknown at .*\/gmx$/);
  assert.equal(found('mdrun [-s]'), 'undefined');
});

test('every purpose lists a step behind those of its own that it waits for', () => {
  const late = `Object.keys(m.purposes).flatMap((purpose) => {
    const keys = m.purposes[purpose];
    return [...m.stepsFor(purpose)].flatMap(([key, { after = [] }]) =>
      after.filter((other) => keys.indexOf(other) > keys.indexOf(key)).map((other) => purpose + ': ' + key + ' before ' + other));
  }).join()`;
  assert.equal(ask('steps.mjs', late, {}), '');
});

test('a test that is skipped without standing in the list fails the run', () => {
  const list = [
    { reason: 'vectors came', tests: 'plugin/' },
    { reason: 'no GROMACS', tests: '', unless: 'gromacs' },
  ];
  const problems = (file: string, reason: string, env: NodeJS.ProcessEnv = {}): string[] => {
    const files = `new Map([[${JSON.stringify(file)}, { skips: [{ name: 'a test', reason: ${JSON.stringify(reason)} }] }]])`;
    const given = `${files}, ${JSON.stringify(list)}, ${JSON.stringify(env)}`;
    return JSON.parse(ask('skips.mjs', `JSON.stringify(m.skipProblems(${given}))`, {})) as string[];
  };
  assert.deepEqual(problems('plugin/forces', 'vectors came with PLUMED 2.10'), []);
  assert.match(
    problems('graph/ops', 'vectors came with PLUMED 2.10')[0],
    /^graph\/ops: "a test" was skipped: vectors/,
  );
  assert.match(problems('graph/ops', '')[0], /was skipped: no reason; test\/may-be-skipped.json/);
  assert.match(problems('campaign/run', 'no GROMACS here')[0], /LATENTCV_TESTS_WITHOUT=gromacs says/);
  assert.deepEqual(
    problems('campaign/run', 'no GROMACS here', { LATENTCV_TESTS_WITHOUT: 'lammps,gromacs' }),
    [],
  );
});

test('skipped tests and suites are counted with their reasons', () => {
  const folder = temporaryFolder('skips');
  const file = join(folder, 'some.test.mjs');
  writeFileSync(
    file,
    `import { describe, test } from 'node:test';
     test('here', () => {});
     test('one', { skip: 'for a reason' }, () => {});
     test('within', (t) => t.skip());
     describe('all of these', { skip: 'no LAMMPS' }, () => { test('a', () => {}); test('b', () => {}); });`,
  );
  const reporter = join(parts, 'test-counts.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    ['--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', file],
    { encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
  const [{ passed, skips }] = Object.values(
    JSON.parse(stdout) as Record<string, { passed: number; skips: { name: string; reason: string }[] }>,
  );
  assert.equal(passed, 1);
  assert.deepEqual(skips.map(({ name, reason }) => `${name}: ${reason}`).sort(), [
    'all of these: no LAMMPS',
    'one: for a reason',
    'within: ',
  ]);
});
