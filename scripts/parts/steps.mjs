// The steps of set-up: what each is made from, when it is already there, and how it is made.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, packageScript, parts, python, root } from './paths.mjs';
import { run, StepError } from './run.mjs';
import { hashOf } from './stamp.mjs';
import { gromacsOnMachine, need, needPython, plumedOnMachine } from './tools.mjs';

/**
 * name: what a person reads. after: names of the steps that must be done first.
 * inputs(): hash of what it is made from. present(): whether what it makes is there; a string says what is
 * used instead. make(): makes it, throwing StepError. optional: for what it is needed to a lesser part.
 */
const packages = {
  name: 'npm packages',
  after: [],
  inputs: () => '',
  present: installedAsLocked,
  // onnxruntime-node's own script would fetch GPU libraries from elsewhere; nothing here needs any script
  make: () => run('packages', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']),
};

/** npm writes its hidden lock file last, so where that agrees with ours the folder is whole. */
function installedAsLocked() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

const typescript = {
  name: 'TypeScript',
  after: [packages.name],
  inputs: () => hashOf(['src', 'test', 'tsconfig.json', 'package-lock.json']),
  present: () => existsSync(join(root, 'dist', 'src', 'cli', 'main.js')),
  make: async () => {
    removeStale('dist/src', 'src');
    removeStale('dist/test', 'test');
    await run('typescript', process.execPath, [packageScript('typescript', 'bin', 'tsc'), '-p', '.']);
  },
};

/** Compiled files whose source is gone would still be run as tests. */
function removeStale(built, source) {
  const folder = join(root, built);
  if (!existsSync(folder)) return;
  for (const path of readdirSync(folder, { recursive: true })) {
    const stem = path.replace(/\.(js|d\.ts|js\.map)$/, '');
    if (stem !== path && !existsSync(join(root, source, `${stem}.ts`))) rmSync(join(folder, path));
  }
}

const native = {
  name: 'C++ core and Node addon',
  after: [packages.name],
  inputs: () => hashOf(['native', 'CMakeLists.txt', 'package-lock.json'], process.version, root),
  present: () => existsSync(join(root, 'build', 'Release', 'latentcv.node')),
  make: async () => {
    need('cmake', 'the C++ build');
    need('c++', 'the C++ build');
    // a CMake folder remembers where it was made; one that was moved or copied has to start again
    const made = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(
      readIfThere(join(root, 'build', 'CMakeCache.txt')),
    )?.[1];
    if (made !== undefined && join(made, '/') !== root) rmSync(join(root, 'build'), { recursive: true });
    await run('native', process.execPath, [
      packageScript('cmake-js', 'bin', 'cmake-js'),
      'compile',
      '--parallel',
      String(availableParallelism()),
    ]);
  },
};

const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

const plumed = {
  name: 'PLUMED',
  after: [],
  inputs: () => hashOf(['scripts/parts/plumed.sh'], cache),
  present: () => plumedOnMachine() ?? existsSync(join(cache, 'plumed', 'env.sh')),
  make: () => {
    needPython('pip', 'fetching PLUMED');
    return run('plumed', 'bash', [join(parts, 'plumed.sh'), join(cache, 'plumed')]);
  },
};

const gromacs = {
  name: 'GROMACS',
  after: [],
  optional: 'the pesmd engine inside PLUMED is used instead',
  inputs: () => hashOf(['scripts/parts/gromacs.sh', 'scripts/parts/debian.sh']),
  present: () => gromacsOnMachine() ?? existsSync(join(cache, 'gromacs', 'gmx')),
  make: () => run('gromacs', 'bash', [join(parts, 'gromacs.sh'), join(cache, 'gromacs')]),
};

const plugin = {
  name: 'PLUMED plugin',
  after: [typescript.name, plumed.name],
  // the library knows which PLUMED and which sources it was built for, and builds anew where they changed
  inputs: () =>
    hashOf(['native', 'plumed-plugin', 'src/plumed', 'scripts/parts/plumed.sh'], plumedOnMachine()),
  present: () => existsSync(join(cache, 'plugin')),
  make: () => {
    need('c++', 'the PLUMED plugin');
    const library = pathToFileURL(join(root, 'dist', 'src', 'plumed', 'plugin.js')).href;
    const script = `const { buildPlugin } = await import(${JSON.stringify(library)}); console.log(await buildPlugin());`;
    return run('plugin', process.execPath, ['--input-type=module', '-e', script]);
  },
};

const pythonPackages = {
  name: 'Python packages for the tests',
  after: [],
  inputs: () => hashOf(['scripts/parts/python.sh', 'scripts/parts/python-requirements.txt'], cache),
  present: () => existsSync(python),
  make: () => {
    needPython('venv', 'checking models against Python');
    return run('python', 'bash', [join(parts, 'python.sh'), join(cache, 'python')]);
  },
};

const tfjsNode = {
  name: 'TensorFlow for Node',
  after: [],
  inputs: () => hashOf(['scripts/parts/tfjs-node.sh'], process.version, cache),
  present: () => existsSync(join(cache, 'tfjs-node', 'node_modules')),
  make: () => {
    needPython('pip', 'fetching TensorFlow');
    need('c++', 'the binding to TensorFlow');
    return run('tfjs-node', 'bash', [join(parts, 'tfjs-node.sh'), join(cache, 'tfjs-node')]);
  },
};

/** The steps that a purpose needs. */
export function stepsFor(purpose) {
  const main = [packages, gromacs, typescript, native, plumed, plugin];
  const wanted = {
    quickstart: main,
    pesmd: main.filter((step) => step !== gromacs),
    test: [...main, pythonPackages],
    lint: [packages, pythonPackages],
    tfjs: [packages, typescript, tfjsNode],
  }[purpose];
  if (!wanted)
    throw new StepError(
      `expected quickstart, pesmd, test, lint or tfjs after --for, but received "${purpose}"`,
    );
  return wanted;
}
