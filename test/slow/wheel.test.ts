import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { writeTable } from '../../src/frames/index.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { plumedOfTheCheckout } from '../plumed-of-the-checkout.js';
import { temporaryFolder } from '../temporary-folder.js';
import { hiddenJumps } from '../training/data.js';

/**
 * What pip installs: the wheel, in an environment of its own, with a cache of its own and no Node on `PATH`.
 */
suite('the wheel', () => {
  const folder = temporaryFolder('wheel');
  const bin = join(folder, 'venv', 'bin');
  const root = packageRoot();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...plumedOfTheCheckout(),
    LATENTCV_CACHE: join(folder, 'cache'),
    // what a killed Python leaves
    TMPDIR: temporaryFolder('wheel-killed'),
  };
  delete env.LATENTCV_ADDON;
  env.PATH = [bin, withoutNode(env.PATH ?? '', join(folder, 'path'))].join(delimiter);
  const run = (name: string, ...args: string[]) =>
    spawnSync(join(bin, name), args, { cwd: folder, encoding: 'utf8', env });

  before(async () => {
    const words = [join(root, 'scripts', 'wheel.mjs'), '--as-is', '--out', folder];
    execFileSync(process.execPath, words, { stdio: 'pipe' });
    execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
    const [wheel] = readdirSync(folder).filter((name) => name.endsWith('.whl'));
    execFileSync(join(bin, 'python'), ['-m', 'pip', '--quiet', 'install', join(folder, wheel)], {
      stdio: 'pipe',
    });
    await writeTable(join(folder, 'COLVAR'), hiddenJumps(2000).dataset);
    const distances = [1, 3, 5].map((i) => `d${i}: DISTANCE ATOMS=${i},${i + 1}\n`).join('');
    writeFileSync(join(folder, 'plumed.dat'), distances);
  });

  test('has the command, on the Node that pip installed', () => {
    assert.match(run('latentcv', '--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(run('python', '-m', 'latentcv', '--version').stdout, /^\d+\.\d+\.\d+\n$/);
    const { stdout } = run('latentcv', 'doctor', '--json');
    const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; detail: string }[] };
    for (const name of ['Node', 'Node addon', 'ONNX Runtime']) {
      const { state, detail } = checks.find((check) => check.name === name)!;
      assert.equal(state, 'ok', detail);
      assert.match(detail, /site-packages/);
    }
    assert.equal(run('latentcv', 'train', 'COLVAR').status, 2);
  });

  test('builds a plugin that PLUMED loads', () => {
    const { stdout, stderr } = run('latentcv', 'plugin', '--quiet');
    const path = stdout.trim();
    assert.ok(existsSync(path), stderr);
    writeFileSync(join(folder, 'load.dat'), `LOAD FILE={${path}}\n`);
    const driver = ['driver', '--plumed', 'load.dat', '--noatoms'];
    const { status, stdout: said } = spawnSync('plumed', driver, { cwd: folder, encoding: 'utf8', env });
    assert.equal(status, 0, said);
  });

  test('does in Python what the command does', () => {
    const data = join(root, 'native', 'test', 'trajectories', 'data');
    const words = [
      join(root, 'test', 'fixtures', 'wheel.py'),
      join(data, 'gromacs.xtc'),
      join(data, 'gromacs.gro'),
    ];
    const { stdout, stderr } = run('python', ...words);
    assert.notEqual(stdout, '', stderr);
    const told = JSON.parse(stdout) as Record<string, unknown> & { apart: number; deltaF: unknown[] };
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.equal(told.version, version);
    assert.equal(told.method, 'tica');
    assert.match(stderr, /method tica/);
    assert.deepEqual(told.names, ['time', 'node-0']);
    // one of the two was written as text
    assert.ok(told.apart < 1e-6, String(told.apart));
    assert.deepEqual(told.shapes, [
      [2000, 1],
      [4000, 1],
    ]);
    assert.equal(told.plain, true);
    assert.deepEqual(told.features, [['d_1_2', 'd_1_3', 'd_1_4', 'd_2_3', 'd_2_4', 'd_3_4'], 4]);
    const [value, error, raw, names] = told.deltaF;
    assert.deepEqual(raw, [value, error]);
    assert.ok(typeof value === 'number' && typeof error === 'number' && Math.abs(value) < 3 && error > 0);
    assert.deepEqual(names, ['node-0', 'energy', 'error']);
    assert.equal(told.page, true);
    assert.equal(told.patched, true);
    const [missing, misuse] = told.errors as [string, number, string, string | null][];
    assert.deepEqual(missing.slice(0, 2), ['file-not-found', 2]);
    assert.match(missing[2], /nowhere/);
    assert.deepEqual(misuse.slice(0, 2), ['bad-argument', 2]);
    assert.match(misuse[2], /expected a positive time such as 10ps for --lag but received "long"/);
    assert.equal(misuse[3], 'latentcv train --help');
    assert.equal(told.unknown, 'latentcv.train has no option colums; did you mean columns?');
  });

  test('a script that uses it has the types that mypy wants', () => {
    const script = [
      'import latentcv',
      'model = latentcv.train("COLVAR", columns="d*", lag=5, output="model.onnx")',
      'values: float = float(latentcv.predict(model, ["COLVAR"]).values.sum())',
      'names: tuple[str, ...] | None = model.table.dtype.names',
      'estimate = latentcv.fes("CV", cv="node-0", temperature=300).delta_f',
      'known: float | None = estimate.value if estimate else None',
      'latentcv.train("COLVAR", output="m.onnx", method="nonsense")',
      'raise latentcv.Error("bad-data", "none")',
    ];
    writeFileSync(join(folder, 'script.py'), `${script.join('\n')}\n`);
    const words = ['-m', 'mypy', '--strict', '--python-executable', join(bin, 'python'), 'script.py'];
    const { stdout } = spawnSync(checker(), words, { cwd: folder, encoding: 'utf8' });
    const lines = stdout.split('\n').filter((line) => /: error: /.test(line));
    assert.equal(lines.length, 1, stdout);
    assert.match(lines[0], /^script\.py:7: error: Argument "method" to "train" has incompatible type/);
  });

  const training = `
import latentcv
try:
    latentcv.train("COLVAR", columns="d*", lag=5, epochs=10**6, patience=10**6, output="long.onnx")
except KeyboardInterrupt:
    print("interrupted")`;

  test('Ctrl-C ends the command in good order, then the script', async () => {
    const { python, command, said } = await trainingFrom(training);
    python.kill('SIGINT');
    assert.deepEqual(await endOf(python), { code: 0, signal: null, stdout: 'interrupted\n' }, said());
    assert.ok(!isThere(command), said());
  });

  test('Ctrl-C while the command starts ends it, too', async () => {
    for (const delay of [0, 5, 50, 200]) {
      const python = spawn(join(bin, 'python'), ['-c', training], { cwd: folder, env });
      const ended = endOf(python);
      let commands: number[] = [];
      while (commands.length === 0 && python.exitCode === null) {
        await wait(1);
        commands = childrenOf(python);
      }
      assert.equal(commands.length, 1);
      await wait(delay);
      python.kill('SIGINT');
      const { code, stdout } = await ended;
      assert.deepEqual([code, stdout], [0, 'interrupted\n'], `after ${delay} ms`);
      assert.ok(!isThere(commands[0]), `after ${delay} ms it still runs`);
    }
  });

  test('a kernel that is killed leaves nothing that computes', async () => {
    const { python, command } = await trainingFrom(training);
    python.kill('SIGKILL');
    for (let tries = 0; isThere(command) && tries < 300; tries++) await wait(100);
    assert.ok(!isThere(command));
  });

  /** A script that trains, with the process id of the command that it started. */
  async function trainingFrom(script: string) {
    const python = spawn(join(bin, 'python'), ['-c', script], { cwd: folder, env });
    let said = '';
    // the first line that tells how far it is
    await new Promise<void>((resolve, reject) => {
      python.stderr.on('data', (text) => {
        said += String(text);
        if (/%/.test(said)) resolve();
      });
      python.once('exit', (code, signal) =>
        reject(new Error(`it ended with ${code ?? signal} before: ${said}`)),
      );
    });
    const [command] = childrenOf(python);
    return { python, command, said: () => said };
  }
});

/** How a process ends, and all that it prints. */
async function endOf(child: ChildProcess) {
  let stdout = '';
  child.stdout!.on('data', (text) => (stdout += String(text)));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout };
}

/** Those of its first thread. */
function childrenOf({ pid }: ChildProcess): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return list === '' ? [] : list.split(' ').map(Number);
}

/** The Python that set-up made, with what checks and builds the module. */
const checker = (): string => join(cacheFolder(), 'python', 'bin', 'python');

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A `PATH` with what is on this one, but for Node: links in a folder of their own. */
function withoutNode(path: string, folder: string): string {
  mkdirSync(folder);
  for (const each of path.split(delimiter)) {
    if (!existsSync(each)) continue;
    for (const name of readdirSync(each)) {
      const link = join(folder, name);
      if (!/^(node|nodejs|npm|npx|latentcv)$/.test(name) && !existsSync(link))
        symlinkSync(join(each, name), link);
    }
  }
  return folder;
}
