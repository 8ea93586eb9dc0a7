import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { Random } from '../../src/support/random.js';
import { plumedOfTheCheckout } from '../plumed-of-the-checkout.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Most that an installation may take on the disk. */
const mostKilobytes = 120_000;

/**
 * What a user gets: the tarball, installed in an empty folder of its own by a user without any settings, where nothing but
 * npm's registry answers and nothing compiles.
 */
suite('the packed package', () => {
  const folder = temporaryFolder('pack');
  const project = join(folder, 'project');
  const installed = join(project, 'node_modules', 'latentcv');
  const bare = bareEnvironment(folder);
  let tarball = '';

  /** Runs a program in the project, to its end. */
  const run = (program: string, words: string[], env: NodeJS.ProcessEnv = bare, cwd = project) => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd, encoding: 'utf8', env });
    return { status, stdout, stderr };
  };
  /** Runs the command, which must do what is asked; what it printed. */
  const latentcv = (words: string[], env?: NodeJS.ProcessEnv): string => {
    const command = join(project, 'node_modules', '.bin', 'latentcv');
    const { status, stdout, stderr } = run(command, words, env);
    assert.equal(status, 0, `latentcv ${words.join(' ')}\n${stdout}\n${stderr}`);
    return stdout;
  };
  /** Installs the tarball in an empty folder. */
  const install = (where: string, ...words: string[]): void => {
    mkdirSync(where);
    writeFileSync(join(where, 'package.json'), '{ "private": true }\n');
    const all = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...words, tarball];
    const { status, stderr } = run('npm', all, bare, where);
    assert.equal(status, 0, stderr);
  };

  before(() => {
    execFileSync(process.execPath, [join(packageRoot(), 'scripts', 'parts', 'bundle.mjs')]);
    const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    execFileSync('npm', words, { cwd: packageRoot(), stdio: ['ignore', 'ignore', 'pipe'] });
    tarball = join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
    );
  });

  test('holds what a user needs, with its licences, and nothing else', () => {
    const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const inside = names.map((name) => name.replace(/^package\//, ''));
    for (const name of [
      'LICENSE',
      'CITATION.cff',
      'README.md',
      'examples/nucleobases/bases.gro',
      'examples/nucleobases/bases.top',
      'scripts/mlcolvar/export_onnx.py',
      'native/third_party/protozero/LICENSE.md',
      'native/third_party/protozero/LICENSE.from_folly',
      'src/onnx/proto/LICENSE',
      'node_modules/onnxruntime-node/LICENSE',
      'node_modules/onnxruntime-node/ThirdPartyNotices.txt',
      'node_modules/onnxruntime-common/LICENSE',
      'node_modules/@bufbuild/protobuf/LICENSE',
      'node_modules/csv-parse/LICENSE',
      'node_modules/h5wasm/LICENSE.txt',
      'node_modules/h5wasm/LICENSE.HDF5',
      'node_modules/linkedom/LICENSE',
      'node_modules/linkedom/LICENSE.htmlparser2',
      'node_modules/linkedom/worker.js',
      'node_modules/yaml/LICENSE',
      'node_modules/zod/LICENSE',
      'node_modules/3dmol/LICENSE',
      'node_modules/3dmol/build/3Dmol-min.js',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1',
    ])
      assert.ok(inside.includes(name), name);
    const needless = /\.map$|win32|darwin|\.tgz$|(^|\/)(test|tests|fuzz|corpus)\/|doctest|\.cache/;
    assert.deepEqual(
      inside.filter((name) => needless.test(name)),
      [],
    );
    const models = inside.filter((name) => name.startsWith('plumed-plugin/regtest/'));
    assert.deepEqual(models, ['plumed-plugin/regtest/rt-atoms-orthorhombic/model.onnx']);
  });

  test('is installed from npm’s registry alone, below 120 MB', () => {
    install(project);
    // the addon for the other processor is there where `npm pack` was run with its scripts
    const others = ['x64', 'arm64'].map((arch) => join(installed, 'prebuilds', `linux-${arch}`));
    const missing = others.filter((place) => !existsSync(place)).length;
    const addon = statSync(join(packageRoot(), addonFile(process.arch))).size / 1024;
    const [kilobytes] = execFileSync('du', ['-sk', project], { encoding: 'utf8' }).split('\t');
    assert.ok(Number(kilobytes) + missing * addon < mostKilobytes, `${kilobytes} kB`);
    const maps = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    assert.deepEqual(
      maps.filter((name) => name.endsWith('.map')),
      [],
    );
  });

  test('no package of it runs a script on installation, but latentcv, whose script fetches nothing', () => {
    const scripted = manifestsBelow(join(project, 'node_modules'))
      .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Manifest)
      .filter(({ scripts = {} }) => ['preinstall', 'install', 'postinstall'].some((name) => scripts[name]))
      .map(({ name }) => name);
    assert.deepEqual(scripted, ['latentcv']);
    const script = join(installed, 'scripts', 'install.mjs');
    assert.deepEqual(run(process.execPath, [script], { PATH: '' }), { status: 0, stdout: '', stderr: '' });
  });

  test('is installed with --ignore-scripts too, and has its addon and ONNX Runtime', () => {
    const other = join(folder, 'without-scripts');
    install(other, '--ignore-scripts');
    const { stdout } = run(
      join(other, 'node_modules', '.bin', 'latentcv'),
      ['doctor', '--json'],
      bare,
      other,
    );
    const { checks } = JSON.parse(stdout) as Doctor;
    const states = ['Node', 'Node addon', 'ONNX Runtime'].map(
      (name) => checks.find((check) => check.name === name)?.state,
    );
    assert.deepEqual(states, ['ok', 'ok', 'ok'], stdout);
  });

  test('is what npm lists', () => {
    const { stdout } = run('npm', ['ls', 'onnxruntime-node', '--json']);
    const listed = JSON.parse(stdout) as { dependencies: { latentcv: { dependencies: object } } };
    assert.deepEqual(Object.keys(listed.dependencies.latentcv.dependencies), ['onnxruntime-node']);
  });

  test('learns a CV from a COLVAR file, and free energies of its frames', () => {
    writeFileSync(join(project, 'COLVAR'), doubleWell(20_000));
    latentcv(['train', 'COLVAR', '--columns', 'x,y', '--lag', '10ps', '--epochs', '3', '-o', 'table.onnx']);
    latentcv(['predict', 'table.onnx', 'COLVAR', '-o', 'cv.csv']);
    const words = ['--cv', 'x', '--basin', 'A:x=-2..0', '--basin', 'B:x=0..2', '--temperature', '300'];
    const { deltaF } = JSON.parse(latentcv(['fes', 'COLVAR', ...words, '--bias', 'none', '--json'])) as Fes;
    // the two wells are alike
    assert.ok(Math.abs(deltaF.value) < 4 * deltaF.error && deltaF.error < 1, JSON.stringify(deltaF));
  });

  test('learns a CV from a trajectory, and tells what it is', () => {
    for (const name of ['hot-1.xtc', 'peptide.gro', 'peptide.pdb', 'plumed.dat'])
      copyFileSync(join(packageRoot(), 'examples', 'peptide', name), join(project, name));
    const words = ['--structure', 'peptide.gro', '--lag', '10ps', '--epochs', '3', '-o', 'model.onnx'];
    latentcv(['train', 'hot-1.xtc', ...words]);
    assert.match(latentcv(['inspect', 'model.onnx']), /cv/);
  });

  test('builds the plugin, and PLUMED runs the input that was patched for it', () => {
    const env = { ...bare, ...withPlumedAndCompiler(bare) };
    const plugin = latentcv(['plugin', '--quiet'], env).trim();
    assert.ok(existsSync(plugin));
    const bias = ['--barrier', '30', '--temperature', '300', '--stride', '1', '--colvar', 'COLVAR_cv'];
    latentcv(['plumed', 'plumed.dat', '--model', 'model.onnx', ...bias, '-o', 'biased.dat'], env);
    const driver = ['driver', '--plumed', 'biased.dat', '--ixtc', 'hot-1.xtc', '--timestep', '1'];
    const { status, stdout, stderr } = run('plumed', driver, env);
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    const [fields, ...frames] = readFileSync(join(project, 'COLVAR_cv'), 'utf8').trim().split('\n');
    assert.match(fields, /^#! FIELDS time cv\.node-0 /);
    const numbers = frames
      .filter((line) => !line.startsWith('#'))
      .map((line) => Number(line.trim().split(/\s+/)[1]));
    assert.ok(numbers.length > 1000 && numbers.every((value) => Math.abs(value) < 10));
  });

  test('has types that a strict program with every library checked compiles against', () => {
    const types = join(project, 'node_modules', '@types');
    mkdirSync(types);
    const modules = join(packageRoot(), 'node_modules');
    symlinkSync(join(modules, '@types', 'node'), join(types, 'node'));
    writeFileSync(
      join(project, 'program.mts'),
      `import { trainFromTables } from 'latentcv';
       import { input } from 'latentcv/graph';
       import { findPlumed } from 'latentcv/plumed';
       import { readSampledRun } from 'latentcv/free-energy';
       import { loadNativeModel } from 'latentcv/native';
       export const all = [trainFromTables, input, findPlumed, readSampledRun, loadNativeModel];\n`,
    );
    const tsc = join(modules, 'typescript', 'bin', 'tsc');
    const options = ['--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023'];
    const words = [tsc, '--noEmit', ...options, '--types', 'node', 'program.mts'];
    const { status, stdout } = run(process.execPath, words);
    assert.equal(status, 0, stdout);
  });

  test('says what is missing where no addon fits and nothing compiles one', () => {
    const script = join(installed, 'scripts', 'install.mjs');
    for (const [variable, value, told] of [
      ['npm_config_arch', 'mips', /no Node addon in the package loads here .*arch=mips/],
      ['LIBC', 'musl', /no Node addon in the package loads here .*libc=musl/],
    ] as const) {
      const { status, stderr } = run(process.execPath, [script], { PATH: '', [variable]: value });
      assert.equal(status, 0);
      assert.match(stderr, told);
      assert.match(
        stderr,
        /could not be compiled[^]*C\+\+17 compiler, make and python3[^]*npm rebuild latentcv/,
      );
    }
  });

  test('doctor names commands that are there where the addon is not', () => {
    const command = join(project, 'node_modules', '.bin', 'latentcv');
    const { stdout } = run(command, ['doctor', '--json'], { ...bare, LIBC: 'musl' });
    const { checks } = JSON.parse(stdout) as Doctor;
    const addon = checks.find((check) => check.name === 'Node addon');
    assert.equal(addon?.state, 'missing');
    assert.match(addon.detail, /expected a native addon for linux on \w+ with musl/);
    const [, script] = /^npm rebuild latentcv \(or: node (\S+)\), with a C\+\+17 compiler/.exec(addon.hint!)!;
    assert.equal(script, join(installed, 'scripts', 'install.mjs'));
    assert.ok(existsSync(script));
  });
});

interface Manifest {
  name: string;
  scripts?: Record<string, string>;
}

interface Doctor {
  checks: { name: string; state: string; detail: string; hint?: string }[];
}

interface Fes {
  deltaF: { value: number; error: number };
}

const addonFile = (arch: string) => join('prebuilds', `linux-${arch}`, 'latentcv.glibc.node');

/** Every package.json of a package, below a node_modules folder. */
function manifestsBelow(modules: string): string[] {
  return readdirSync(modules).flatMap((name) => {
    const place = join(modules, name);
    if (name.startsWith('.')) return [];
    if (name.startsWith('@')) return manifestsBelow(place);
    const nested = join(place, 'node_modules');
    return [join(place, 'package.json'), ...(existsSync(nested) ? manifestsBelow(nested) : [])];
  });
}

/**
 * A user without settings or a compiler, whose proxy refuses everything but npm's registry: what asks for anything else
 * fails at once.
 */
function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  const [path, home] = [join(folder, 'path'), join(folder, 'home')];
  for (const place of [path, home]) mkdirSync(place);
  for (const name of ['node', 'npm', 'sh', 'env']) symlinkSync(onPath(name), join(path, name));
  const setting = (name: string) =>
    execFileSync('npm', ['config', 'get', name], { cwd: folder, encoding: 'utf8' }).trim();
  const registry = setting('registry');
  const refuses = 'http://127.0.0.1:9';
  const certificates = setting('cafile');
  return {
    PATH: path,
    HOME: home,
    LATENTCV_CACHE: join(folder, 'cache'),
    ORT_DISABLE_TELEMETRY: '1',
    npm_config_registry: registry,
    ...(['null', ''].includes(certificates) ? {} : { npm_config_cafile: certificates }),
    ...Object.fromEntries(
      ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'GLOBAL_AGENT_HTTPS_PROXY'].map((name) => [
        name,
        refuses,
      ]),
    ),
    no_proxy: new URL(registry).hostname,
    NO_PROXY: new URL(registry).hostname,
  };
}

function onPath(name: string): string {
  const found = process.env
    .PATH!.split(delimiter)
    .map((place) => join(place, name))
    .find((each) => existsSync(each));
  assert.ok(found, name);
  return found;
}

/** The machine's own PATH and PLUMED, or the PLUMED that set-up made: the new folder's cache has none. */
function withPlumedAndCompiler(bare: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, PLUMED_KERNEL, PLUMED_ROOT, LD_LIBRARY_PATH } = { ...process.env, ...plumedOfTheCheckout() };
  return { PATH: `${bare.PATH}:${PATH}`, PLUMED_KERNEL, PLUMED_ROOT, LD_LIBRARY_PATH };
}

/** Frames of overdamped motion in (x² − 1)² · 2 kT and of noise beside it, as PLUMED writes them. */
function doubleWell(frames: number): string {
  const random = new Random(1);
  const lines = ['#! FIELDS time x y'];
  let x = -1;
  for (let frame = 0; frame < frames; frame++) {
    for (let step = 0; step < 10; step++)
      x += -0.01 * 8 * x * (x * x - 1) + Math.sqrt(0.02) * random.normal();
    lines.push(`${frame} ${x.toFixed(6)} ${random.normal().toFixed(6)}`);
  }
  return `${lines.join('\n')}\n`;
}
