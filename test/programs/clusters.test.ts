import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { writeModelFile } from '../../src/onnx/index.js';
import { findPlumed, type PlumedInstall } from '../../src/programs/index.js';
import { Random } from '../../src/support/index.js';
import { smallModel } from '../onnx/models.js';
import { temporaryFolder } from '../temporary-folder.js';

/**
 * A cluster: one installation that nobody may write to and one folder with a built plugin, used by somebody else on a node
 * that has neither compiler nor network.
 */

const nobody = 65534;
const root = process.getuid?.() === 0;

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** How to be another user than the one who installed; a root that may not be another one lays down its powers. */
function asAnotherUser(): string[] {
  if (!root) return [];
  const other = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const reads = [process.execPath, '-e', `require(${JSON.stringify(join(packageRoot(), 'package.json'))})`];
  if (runs(other[0], ...other.slice(1), ...reads)) return other;
  return ['setpriv', '--bounding-set=-all', '--inh-caps=-all'];
}

/** How to be without a network, where a process may have one of its own, or none. */
const offline = runs('unshare', '-n', 'true') ? ['unshare', '-n'] : [];
const closed = 'http://127.0.0.1:1';

const skip = !root || runs('setpriv', '--version') ? false : 'no setpriv to be another user by';

/** What npm would install, but with the checkout's own packages, and the files that only have to be read as links. */
function install(folder: string): void {
  mkdirSync(folder);
  const { files } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    files: string[];
  };
  for (const name of [...files.filter((file) => !file.startsWith('!')), 'package.json']) {
    const from = join(packageRoot(), name);
    if (existsSync(from))
      cpSync(realpathSync(from), join(folder, name), { recursive: true, filter: isPacked });
  }
  symlinkSync(realpathSync(join(packageRoot(), 'node_modules')), join(folder, 'node_modules'));
  forAll(folder, (path, isFolder) => chmodSync(path, isFolder ? 0o555 : 0o444));
}

const isPacked = (path: string): boolean => !/\/native\/(test|fuzz)$/.test(path);

function forAll(folder: string, change: (path: string, isFolder: boolean) => void): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) forAll(path, change);
    else if (!entry.isSymbolicLink()) change(path, false);
  }
  change(folder, true);
}

/** What a node has besides Node: a shell and the tools of PLUMED's scripts, and no compiler. */
function pathWithoutCompiler(folder: string): string {
  mkdirSync(folder);
  for (const name of [
    'sh',
    'bash',
    'env',
    'cat',
    'sed',
    'grep',
    'awk',
    'dirname',
    'basename',
    'uname',
    'head',
    'tr',
    'cp',
    'mv',
    'mkdir',
  ]) {
    const found = (process.env.PATH ?? '')
      .split(':')
      .map((place) => join(place, name))
      .find((path) => existsSync(path));
    if (found !== undefined) symlinkSync(found, join(folder, name));
  }
  symlinkSync(process.execPath, join(folder, 'node'));
  return folder;
}

const frames = 200;
const atoms = 15;

/** Atoms at random on a grid that keeps them apart, in nm, in a box larger than any of their distances. */
function trajectory(): string {
  const random = new Random(1);
  const frame = (): string[] => [
    String(atoms),
    '9 9 9',
    ...Array.from({ length: atoms }, (_, i) =>
      [
        'X',
        ...[i % 3, Math.floor(i / 3) % 3, Math.floor(i / 9)].map((n) =>
          (0.3 * n + 0.1 * random.uniform()).toFixed(5),
        ),
      ].join(' '),
    ),
  ];
  return `${Array.from({ length: frames }, frame).flat().join('\n')}\n`;
}

/** The first column of a table whose label fits. */
function column(path: string, label: RegExp): number[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  const labels = lines[0].split(/\s+/).slice(2);
  const at = labels.findIndex((one) => label.test(one));
  assert.ok(at >= 0, lines[0]);
  return lines.filter((line) => /^\s*[-\d]/.test(line)).map((line) => Number(line.trim().split(/\s+/)[at]));
}

suite('one installation for many on a cluster', { skip }, () => {
  const folder = temporaryFolder('cluster');
  const [installed, site, home] = ['latentcv', 'site', 'home'].map((name) => join(folder, name));
  let plumed: PlumedInstall;
  const shared: NodeJS.ProcessEnv = { HOME: home, LATENTCV_SITE: site, LANG: 'C' };

  /** On the login node, as who installed it. */
  const login = (...args: string[]) =>
    spawnSync(process.execPath, [join(installed, 'dist', 'src', 'cli', 'main.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...shared, LATENTCV_CACHE: site, PLUMED_KERNEL: plumed.kernel },
    });

  /** On a compute node, as somebody else. */
  const compute = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const words = [...offline, ...asAnotherUser(), command, ...args];
    return spawnSync(words[0], words.slice(1), {
      cwd: home,
      encoding: 'utf8',
      env: {
        ...shared,
        // before the words above are found on it
        PATH: `${join(folder, 'path')}:${tools}`,
        ...(process.env.LATENTCV_ADDON !== undefined && { LATENTCV_ADDON: process.env.LATENTCV_ADDON }),
        PLUMED_KERNEL: plumed.kernel,
        http_proxy: closed,
        https_proxy: closed,
        ...env,
      },
    });
  };
  const latentcv = (args: readonly string[], env?: NodeJS.ProcessEnv) =>
    compute(process.execPath, [join(installed, 'dist', 'src', 'cli', 'main.js'), ...args], env);
  const tools = join(folder, 'tools');

  before(async () => {
    plumed = await findPlumed();
    chmodSync(folder, 0o755);
    for (const path of [site, home]) mkdirSync(path);
    if (root && asAnotherUser().includes(`--reuid=${nobody}`)) chownSync(home, nobody, nobody);
    install(installed);
    writeFileSync(join(folder, 'model.onnx'), writeModelFile(smallModel()));
    writeFileSync(join(folder, 'traj.xyz'), trajectory());
    pathWithoutCompiler(join(folder, 'path'));
    mkdirSync(tools);
    for (const name of ['setpriv', 'unshare']) {
      const found = (process.env.PATH ?? '')
        .split(':')
        .map((place) => join(place, name))
        .find((path) => existsSync(path));
      if (found !== undefined) symlinkSync(found, join(tools, name));
    }
  });

  test('the plugin is built once on the login node, readable for all', () => {
    const umask = process.umask(0o022);
    const { status, stdout, stderr } = login('plugin');
    process.umask(umask);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.startsWith(join(site, 'plugin')), stdout);
    assert.match(stderr, /, as PLUMED_KERNEL says\ncompiling the plugin for PLUMED /);
    for (const path of [stdout.trim(), dirname(stdout.trim())])
      assert.equal(lstatSync(path).mode & 0o044, 0o044, path);
    forAll(site, (path, isFolder) => chmodSync(path, isFolder ? 0o555 : 0o444));
  });

  test('a compute node finds it without compiler and network, and doctor is content', () => {
    assert.notEqual(compute('sh', ['-c', 'command -v g++ || command -v c++ || command -v cmake']).status, 0);
    const { status, stdout, stderr } = latentcv(['plugin']);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.startsWith(join(site, 'plugin')), stdout);
    assert.doesNotMatch(stderr, /compiling/);
    const doctor = latentcv(['doctor']);
    assert.equal(doctor.status, 0, doctor.stdout);
    // modules of a login node set these; on a node where nothing can be built they ask for nothing
    assert.equal(latentcv(['plugin'], { CXX: 'g++', CXXFLAGS: '-O2' }).stdout, stdout);
  });

  test('there a folder is moved with its input, PLUMED runs in it, and predict and fes read what came of it', () => {
    for (const name of ['model.onnx', 'traj.xyz']) compute('cp', [join(folder, name), name]);
    const written = latentcv(
      'plumed --model model.onnx --bias none --stride 1 --relative -o first/biased.dat'.split(' '),
    );
    assert.match(written.stderr, /^error: expected a folder for biased\.dat/m, 'to be made by the user');
    compute('mkdir', ['first']);
    const again = latentcv(
      'plumed --model model.onnx --bias none --stride 1 --relative -o first/biased.dat'.split(' '),
    );
    assert.equal(again.status, 0, again.stderr);
    assert.match(again.stderr, /copied model\.onnx and libLatentcvPlumed\.so there/);
    compute('mv', ['first', 'second']);
    const words = `cd second && '${plumed.executable}' --no-mpi driver --plumed biased.dat --ixyz ../traj.xyz`;
    const driver = compute('sh', ['-c', words], plumed.env);
    assert.equal(driver.status, 0, driver.stdout + driver.stderr);
    const predicted = latentcv(
      'predict model.onnx traj.xyz --timestep 1 --per-nanometre 1 -o predicted.dat'.split(' '),
    );
    assert.equal(predicted.status, 0, predicted.stderr);
    const [ran, read] = ['second/COLVAR', 'predicted.dat'].map((name) => column(join(home, name), /node-0$/));
    assert.equal(ran.length, frames);
    // PLUMED prints six decimals, XYZ is read in both
    ran.forEach((cv, i) => assert.ok(Math.abs(cv - read[i]) < 2e-5, `${i}: ${cv} ${read[i]}`));
    const fes = latentcv(
      'fes second/COLVAR --cv cv.node-0 --bias none --temperature 300 -o fes.dat'.split(' '),
    );
    assert.equal(fes.status, 0, fes.stderr);
    assert.ok(column(join(home, 'fes.dat'), /cv\.node-0/).length > 10);
    assert.deepEqual(readdirSync(home).sort(), [
      'fes.dat',
      'model.onnx',
      'predicted.dat',
      'second',
      'traj.xyz',
    ]);
  });

  test('who has nowhere to keep what is compiled is told so', () => {
    const env = { HOME: installed, PATH: `${join(folder, 'path')}:${process.env.PATH}` };
    const { status, stderr } = latentcv(['plugin', '--rebuild'], env);
    assert.equal(status, 1, stderr);
    assert.match(
      stderr,
      /^error: expected to write in the cache folder \S+\/latentcv\/\.cache\/latentcv but cannot: /m,
    );
    assert.match(stderr, /^hint: set LATENTCV_CACHE to a folder of yours/m);
  });
});
