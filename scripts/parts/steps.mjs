// The steps of set-up, a row each: what it is made from, what it makes, and what makes it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { findPlumed, gromacsOnMachine, plumedOnMachine } from './library.mjs';
import { compileTypeScript, installedAsLocked, installPackages } from './packages.mjs';
import { buildNativeBench, buildNativeTests, buildPlugin } from './native-steps.mjs';
import { cache, nativeTestsFolder, root } from './paths.mjs';
import { addonFor, zig } from './prebuilt.mjs';
import { StepError } from './run.mjs';

/**
 * A step of set-up. It is done where its result is missing, or was made from something else.
 *
 * @typedef {object} Step
 * @property {string} name what a person reads
 * @property {string[]} [after] keys of the steps that must be done first
 * @property {string[]} [sources] files and folders that it is made from, relative to the checkout
 * @property {() => (string | boolean | undefined)[]} [also] what else it is made from, as text
 * @property {string} result path of something that is there when it is done
 * @property {() => boolean} [isDone] where that is more than a path
 * @property {() => Promise<string | undefined>} [onMachine] what this machine has already, in words; it is used instead
 * @property {string[]} [needs] commands and modules of Python that make it: `cmake`, `c++`, `pip`, `venv`
 * @property {string} [purpose] what they are needed for
 * @property {string} [script] the script that makes it: in `scripts/fetch`, or a module of `scripts/parts`
 * @property {() => string[] | Promise<string[]>} [words] the words that the script takes; by default where the result goes
 * @property {() => unknown} [make] what makes it where no script does
 * @property {string} [optional] what is done without it, where a machine cannot have it
 */

/** Versions and hashes of what pip fetches: pin.mjs writes them. */
const pins = (/** @type {string} */ name) => `scripts/fetch/pins/${name}.txt`;

const below = (/** @type {string[]} */ ...names) => join(cache, ...names);

// a folder that remembers where it lies is made anew where the cache moved
const placed = () => [cache];

const cores = () => String(availableParallelism());

// what the scripts that make a PLUMED source, and how the source archives of packages are fetched
const plumedEnv = 'scripts/fetch/plumed-env.sh';
const debian = 'scripts/fetch/debian.sh';
const sdist = 'scripts/fetch/sdist.sh';

/**
 * A step that a script makes in a folder of the cache, told its words.
 *
 * @param {string} script
 * @param {string} folder
 * @param {string} file of the folder, there when it is done
 * @param {Omit<Step, 'script' | 'result'> & { pinned?: string }} rest
 * @returns {Step}
 */
function fetched(script, folder, file, { pinned, sources = [], words, ...rest }) {
  return {
    ...rest,
    script,
    result: below(folder, file),
    sources: [`scripts/fetch/${script}`, ...sources, ...(pinned ? [pins(pinned)] : [])],
    words: words ?? (() => [below(folder)]),
  };
}

/** The addon for one processor. @param {string} arch @returns {Step} */
const addonStep = (arch) => ({
  name: `Node addon for Linux on ${arch}`,
  after: ['packages', 'zig'],
  sources: [
    ...['core', 'trajectories', 'addon', 'third_party/protozero', 'gyp', 'build.cjs'].map(
      (part) => `native/${part}`,
    ),
    ...['binding.gyp', 'package-lock.json', 'scripts/parts/prebuilt.mjs'],
  ],
  also: () => [existsSync(zig), root],
  result: addonFor(arch),
  needs: ['make', 'python3', 'c++'],
  purpose: 'the Node addon',
  script: 'prebuilt.mjs',
  words: () => [arch],
});

/** PLUMED's stable releases that the plugin is tested on. */
export const plumedReleases = ['2.9.5', '2.10.1'];

export const releaseFolder = (/** @type {string} */ version) => below('plumed-releases', version);

/** The folder of releases that LATENTCV_PLUMED_RELEASES names, if it is there. */
export function releasesFolder() {
  const folder = process.env.LATENTCV_PLUMED_RELEASES;
  return folder && existsSync(folder) ? resolve(folder) : undefined;
}

/** @param {string} version @returns {Step} */
const releaseStep = (version) =>
  fetched('plumed-release.sh', join('plumed-releases', version), 'env.sh', {
    name: `PLUMED ${version} (some minutes where it must be compiled, once)`,
    sources: [plumedEnv],
    also: placed,
    needs: ['c++'],
    purpose: 'compiling PLUMED',
    words: () => [version, releaseFolder(version), releasesFolder() ?? ''],
  });

/** @type {Record<string, Step>} */
const steps = {
  packages: {
    name: 'npm packages',
    result: join(root, 'node_modules', '.package-lock.json'),
    isDone: installedAsLocked,
    make: installPackages,
  },
  typescript: {
    name: 'TypeScript',
    after: ['packages'],
    sources: ['src', 'test', 'bench', 'tsconfig.json', 'package-lock.json'],
    result: join(root, 'dist', 'src', 'cli', 'main.js'),
    make: compileTypeScript,
  },
  zig: fetched('zig.sh', 'zig', 'ziglang/zig', {
    name: 'Zig, whose compiler builds the addon for older machines too',
    optional:
      "the addon is compiled by this machine's own compiler, for this machine alone: `npm pack` refuses it",
    pinned: 'zig',
    needs: ['pip'],
    purpose: 'fetching Zig',
  }),
  addon: addonStep(process.arch),
  otherAddon: addonStep(process.arch === 'arm64' ? 'x64' : 'arm64'),
  arm64: fetched('arm64.sh', 'arm64', 'node', { name: 'qemu and a Node for arm64', sources: [debian] }),
  core: {
    name: 'C++ core for plugins',
    after: ['packages', 'typescript'],
    sources: [
      'native/core',
      'native/third_party/protozero',
      'native/prebuilt',
      'native/build.cjs',
      'CMakeLists.txt',
    ],
    result: join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'liblatentcv_core.a'),
    needs: ['cmake', 'c++'],
    purpose: 'the C++ core',
    script: 'prebuilt-core.mjs',
    words: () => [],
  },
  nativeTests: {
    name: 'C++ tests',
    after: ['packages'],
    sources: ['native', 'CMakeLists.txt', 'package-lock.json'],
    also: () => [process.version, root],
    result: join(nativeTestsFolder, 'CTestTestfile.cmake'),
    needs: ['cmake', 'c++'],
    purpose: 'the C++ tests',
    make: buildNativeTests,
  },
  plumed: fetched('plumed.sh', 'plumed', 'env.sh', {
    name: 'PLUMED',
    after: ['typescript'],
    onMachine: plumedOnMachine,
    sources: [plumedEnv],
    pinned: 'plumed',
    also: placed,
    needs: ['pip'],
    purpose: 'fetching PLUMED',
  }),
  gromacs: fetched('gromacs.sh', 'gromacs', 'gmx', {
    name: 'GROMACS',
    after: ['typescript'],
    onMachine: gromacsOnMachine,
    optional: 'the pesmd engine inside PLUMED is used instead',
    sources: [debian],
  }),
  lammps: fetched('lammps.sh', 'lammps', 'lmp', {
    name: 'LAMMPS',
    after: ['typescript', 'plumed'],
    optional: 'the tests with LAMMPS are left out',
    sources: [debian],
    pinned: 'lammps',
    also: placed,
    needs: ['c++', 'venv'],
    purpose: 'LAMMPS and its fix plumed',
    words: async () => {
      const { includeDir, libDir } = await findPlumed();
      return [below('lammps'), includeDir, libDir];
    },
  }),
  chemfiles: fetched('chemfiles.sh', 'chemfiles', 'libchemfiles.so', {
    name: 'chemfiles',
    pinned: 'chemfiles',
    needs: ['pip'],
    purpose: 'fetching chemfiles',
  }),
  // the library knows which PLUMED and which sources it was built for, and builds anew where they changed
  plugin: {
    name: 'PLUMED plugin',
    after: ['typescript', 'plumed', 'core'],
    sources: ['native', 'plumed-plugin', 'src/programs', 'scripts/fetch/plumed.sh', plumedEnv],
    also: () => [process.env.PLUMED_KERNEL, process.env.PATH],
    result: below('plugin'),
    needs: ['c++'],
    purpose: 'the PLUMED plugin',
    make: buildPlugin,
  },
  python: fetched('python.sh', 'python', 'bin/python', {
    name: 'Python packages for the tests',
    pinned: 'python',
    also: placed,
    needs: ['venv'],
    purpose: 'checking models against Python',
  }),
  nodes: fetched('nodes.sh', 'nodes', '24', {
    name: 'Node 20, 22 and 24',
    optional: 'the tests run on this Node alone',
  }),
  foreignTrajectories: fetched('foreign-trajectories.sh', 'foreign-trajectories', 'adk_oplsaa.xtc', {
    name: 'trajectories of other programs',
    optional: 'the tests with files of other programs are left out',
    sources: [sdist],
    pinned: 'foreign-trajectories',
    needs: ['pip'],
    purpose: 'fetching trajectories of other programs',
  }),

  // What benches, and tests that are not for every machine, need beyond that. PLUMED's wheel is compiled at -O0: right for
  // tests, meaningless for timings.

  plumedSource: fetched('plumed-source.sh', 'plumed-source', 'configure', {
    name: 'PLUMED sources',
    sources: [sdist],
    pinned: 'plumed',
    needs: ['pip'],
    purpose: "fetching PLUMED's sources",
  }),
  plumedOptimized: fetched('plumed-optimized.sh', 'plumed-o3', 'env.sh', {
    name: 'PLUMED at -O3 (about 15 CPU minutes, once)',
    after: ['plumedSource'],
    sources: ['scripts/fetch/plumed-source.sh', plumedEnv],
    also: placed,
    needs: ['c++'],
    purpose: 'compiling PLUMED',
    words: () => [below('plumed-source'), below('plumed-o3'), cores()],
  }),
  plumedMpi: fetched('plumed-mpi.sh', 'plumed-mpi', 'env.sh', {
    name: 'PLUMED with MPI (about 8 CPU minutes, once)',
    after: ['plumedSource'],
    sources: ['scripts/fetch/plumed-source.sh', plumedEnv],
    also: placed,
    needs: ['c++', 'venv'],
    purpose: 'compiling PLUMED with MPI',
    words: () => [below('plumed-source'), below('plumed-mpi'), cores()],
  }),
  libtorch: fetched('libtorch.sh', 'libtorch', 'lib/libtorch_cpu.so', {
    name: 'libtorch (a download of 540 MB, once)',
    pinned: 'libtorch',
    needs: ['pip'],
    purpose: 'fetching libtorch',
  }),
  nativeBench: {
    name: 'program of bench/native',
    after: ['packages'],
    sources: ['native', 'bench/native', 'CMakeLists.txt', 'package-lock.json'],
    also: () => [root],
    result: below('native-bench', 'bench', 'native', 'latentcv_bench'),
    needs: ['cmake', 'c++'],
    purpose: 'the C++ build',
    make: buildNativeBench,
  },
  stepBench: fetched('step-bench.sh', 'step-bench', 'libPytorchModel.so', {
    name: 'programs of bench:step',
    after: ['plumedOptimized', 'libtorch'],
    sources: [
      'bench/step/programs',
      'scripts/fetch/plumed-source.sh',
      'scripts/fetch/plumed-optimized.sh',
      plumedEnv,
    ],
    also: placed,
    words: () => ['plumed-source', 'plumed-o3', 'libtorch', 'step-bench'].map((name) => below(name)),
  }),
  stepBenchEvaluator: fetched('step-bench-evaluator.sh', 'step-bench-evaluator', 'libEvaluatorOnly.so', {
    name: 'evaluator in PLUMED for bench:step',
    after: ['plumedOptimized', 'nativeBench'],
    sources: [
      'bench/step/programs/evaluator_only.cpp',
      'native',
      'bench/native',
      'CMakeLists.txt',
      plumedEnv,
    ],
    also: placed,
    words: () => [
      below('native-bench', 'liblatentcv_core.a'),
      below('plumed-o3'),
      below('step-bench-evaluator'),
    ],
  }),
  tfjs: fetched('tfjs-node.sh', 'tfjs-node', 'node_modules', {
    name: 'TensorFlow for Node',
    pinned: 'tensorflow',
    also: () => [process.version, cache],
    needs: ['pip', 'c++'],
    purpose: 'TensorFlow and its binding to Node',
  }),
  pythonTorch: fetched('python-torch.sh', 'python-torch', 'bin/python', {
    name: 'PyTorch and mlcolvar (a download of 2.2 GB, once)',
    pinned: 'python-torch',
    also: placed,
    needs: ['venv'],
    purpose: 'measuring against PyTorch',
  }),
  pythonTrajectories: fetched('python-trajectories.sh', 'python-trajectories', 'bin/python', {
    name: 'MDTraj and MDAnalysis',
    pinned: 'python-trajectories',
    also: placed,
    needs: ['venv'],
    purpose: 'measuring against MDTraj and MDAnalysis',
  }),
  mdanalysisFiles: fetched('foreign-trajectories.sh', 'mdanalysis-files', 'adk_oplsaa.xtc', {
    name: 'files of the tests of MDAnalysis',
    sources: [sdist],
    pinned: 'foreign-trajectories',
    needs: ['pip'],
    purpose: 'fetching the files of the tests of MDAnalysis',
    words: () => [below('mdanalysis-files'), '--all'],
  }),
  ...Object.fromEntries(plumedReleases.map((version) => [`plumed-${version}`, releaseStep(version)])),
};

const addons = ['packages', 'zig', 'addon'];
const pesmd = [...addons, 'typescript', 'core', 'plumed', 'chemfiles', 'plugin'];
const timing = [
  ...['packages', 'typescript', 'plumedSource', 'plumedOptimized', 'libtorch'],
  ...['stepBench', 'nativeBench', 'stepBenchEvaluator'],
];

/**
 * What a purpose needs, each step after those that it waits for.
 *
 * @type {Record<string, string[]>}
 */
export const purposes = {
  quickstart: [...pesmd, 'gromacs'],
  pesmd,
  test: [...pesmd, 'gromacs', 'nativeTests', 'lammps', 'python', 'foreignTrajectories', 'nodes'],
  pack: [...addons, 'otherAddon', 'typescript', 'core'],
  arm64: [...addons, 'otherAddon', 'typescript', 'arm64'],
  lint: ['packages', 'python'],
  tfjs: ['packages', 'typescript', 'tfjs'],
  mpi: ['plumedSource', 'plumedMpi'],
  'test:node': [...addons, 'typescript', 'nodes'],
  'test:plumed': plumedReleases.map((version) => `plumed-${version}`),
  'bench:step': timing,
  'bench:whole-run': [...timing, 'gromacs'],
  'bench:train': ['packages', 'typescript', 'tfjs', 'pythonTorch'],
  'bench:descriptors': [
    ...[...addons, 'typescript', 'chemfiles'],
    ...['plumedSource', 'plumedOptimized', 'pythonTrajectories'],
  ],
  'compare:mdanalysis': [...addons, 'typescript', 'chemfiles', 'pythonTrajectories', 'mdanalysisFiles'],
};

/**
 * The steps that a purpose needs, by their keys.
 *
 * @param {string} purpose
 * @returns {[string, Step][]}
 */
export function stepsFor(purpose) {
  const keys = purposes[purpose];
  if (keys) return keys.map((key) => [key, steps[key]]);
  const known = Object.keys(purposes).join(', ');
  throw new StepError(`expected one of ${known} after --for, but received "${purpose}"`);
}
