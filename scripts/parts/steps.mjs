// The steps of set-up, a row each: what it is made from, what it makes, and what makes it.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fetchedStep, parts } from '../../dist/src/setup/index.js';
import { LatentcvError } from '../../dist/src/support/index.js';
import { buildNativeBench, buildNativeTests, buildPlugin } from './native-steps.mjs';
import { cache, nativeTestsFolder, root } from './paths.mjs';
import { addonFor, zig } from './prebuilt.mjs';
import { plumedReleases, releaseFolder, releasesFolder } from './releases.mjs';

/** @typedef {import('../../dist/src/setup/index.js').Step} Step */

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
 * @param {Omit<import('../../dist/src/setup/index.js').Fetching, 'script' | 'folder' | 'file'>} rest
 * @returns {Step}
 */
const fetched = (script, folder, file, rest) => fetchedStep({ script, folder, file, ...rest });

/** The addon for one processor. @param {string} arch @returns {Step} */
const addonStep = (arch) => ({
  name: `Node addon for Linux on ${arch}`,
  after: ['zig'],
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
  script: 'scripts/parts/prebuilt.mjs',
  words: () => [arch],
});

/**
 * Packages of Python in an environment of their own.
 *
 * @param {string} name of the list of pins, and of the folder
 * @param {readonly string[]} modules that are loaded once, to see that they work
 * @param {Pick<Step, 'name' | 'purpose'> & Partial<Pick<Step, 'sources' | 'needs'>>} rest
 * @returns {Step}
 */
const packages = (name, modules, rest) =>
  fetched('python-packages.sh', name, 'bin/python', {
    needs: ['venv'],
    ...rest,
    pinned: name,
    also: placed,
    words: () => [below(name), name, ...modules],
  });

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

/** What `latentcv setup` fetches. @type {Record<string, Step>} */
const fetchedForUsers = Object.assign({}, ...Object.values(parts()).map((part) => part.steps));

/** @type {Record<string, Step>} */
const steps = {
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
    script: 'scripts/parts/prebuilt-core.mjs',
    words: () => [],
  },
  nativeTests: {
    name: 'C++ tests',
    sources: ['native', 'CMakeLists.txt', 'package-lock.json'],
    also: () => [process.version, root],
    result: join(nativeTestsFolder, 'CTestTestfile.cmake'),
    needs: ['cmake', 'c++'],
    purpose: 'the C++ tests',
    make: buildNativeTests,
  },
  ...fetchedForUsers,
  gromacs: { ...fetchedForUsers.gromacs, optional: 'the pesmd engine inside PLUMED is used instead' },
  // the tests take these two from the cache
  lammps: { ...fetchedForUsers.lammps, onMachine: undefined, optional: 'the tests with LAMMPS are left out' },
  chemfiles: { ...fetchedForUsers.chemfiles, onMachine: undefined },
  // the library knows which PLUMED and which sources it was built for, and builds anew where they changed
  plugin: {
    name: 'PLUMED plugin',
    after: ['plumed', 'core'],
    sources: ['native', 'plumed-plugin', 'src/programs', 'scripts/fetch/plumed.sh', plumedEnv],
    also: () => [process.env.PLUMED_KERNEL, process.env.PATH],
    result: below('plugin'),
    needs: ['c++'],
    purpose: 'the PLUMED plugin',
    make: buildPlugin,
  },
  python: packages('python', ['onnx', 'onnxruntime', 'numpy', 'matplotlib'], {
    name: 'Python packages for the tests',
    purpose: 'checking models against Python, and the Python module',
  }),
  perovskites: fetched('perovskites.sh', 'perovskites', 'dft_calc_train.csv', {
    name: 'energies of perovskite oxides',
    pinned: 'perovskites',
    needs: ['pip'],
    purpose: 'fetching the table of examples/perovskites',
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
  chromium: fetched('chromium.sh', 'chromium', 'chromium', {
    name: 'Chromium (a download of 122 MB, once)',
    optional: 'the tests of pages are left out where PATH has none either',
    sources: [debian],
    // it is told where its libraries and its font lie
    also: placed,
    onMachine: () => Promise.resolve(process.env.LATENTCV_CHROMIUM),
  }),

  slurm: fetched('slurm.sh', 'slurm', 'bin/slurmctld', {
    name: 'Slurm',
    sources: [debian],
    // its programs are told where their libraries lie
    also: placed,
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
  pythonTorch: packages('python-torch', ['torch', 'mlcolvar', 'mlcolvar.cvs', 'lightning'], {
    name: 'PyTorch and mlcolvar (a download of 2.2 GB, once)',
    purpose: 'measuring against PyTorch',
  }),
  pythonTrajectories: packages('python-trajectories', ['mdtraj', 'MDAnalysis'], {
    name: 'MDTraj and MDAnalysis (a download of 130 MB, once)',
    purpose: 'measuring against MDTraj and MDAnalysis',
  }),
  pythonLearning: packages('python-learning', ['sklearn', 'numpy'], {
    name: 'scikit-learn (a download of 60 MB, once)',
    purpose: 'measuring against scikit-learn',
  }),
  pythonAmberTools: packages('python-ambertools', ['taproom', 'parmed'], {
    name: 'AmberTools, ParmEd and taproom (a download of 110 MB, once)',
    sources: ['scripts/fetch/pins/python-ambertools-source.txt'],
    needs: ['venv', 'c++'],
    purpose: 'building hosts and guests in water',
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

const addons = ['zig', 'addon'];
const pesmd = [...addons, 'core', 'plumed', 'chemfiles', 'plugin'];
const timing = [
  ...['plumedSource', 'plumedOptimized', 'libtorch'],
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
  test: [
    ...[...pesmd, 'gromacs', 'nativeTests', 'lammps'],
    ...['python', 'foreignTrajectories', 'nodes', 'chromium', 'perovskites'],
  ],
  pack: [...addons, 'otherAddon', 'core'],
  wheel: [...addons, 'otherAddon', 'core', 'python'],
  arm64: [...addons, 'otherAddon', 'arm64'],
  lint: ['python'],
  tfjs: ['tfjs'],
  mpi: ['plumedSource', 'plumedMpi'],
  'test:node': [...addons, 'nodes'],
  'test:faults': [...addons, 'plumed', 'gromacs', 'lammps'],
  'test:slurm': [...addons, 'plumed', 'gromacs', 'slurm'],
  'test:plumed': plumedReleases.map((version) => `plumed-${version}`),
  'bench:step': timing,
  'bench:crystal': addons,
  'bench:whole-run': [...timing, 'gromacs'],
  'bench:train': ['tfjs', 'pythonTorch'],
  'bench:descriptors': [
    ...[...addons, 'chemfiles'],
    ...['plumedSource', 'plumedOptimized', 'pythonTrajectories'],
  ],
  'bench:methods': [...pesmd, 'gromacs', 'lammps'],
  'bench:perovskites': [...addons, 'perovskites', 'pythonLearning'],
  'example:host-guest': [...pesmd, 'gromacs', 'pythonAmberTools'],
  'compare:mdanalysis': [...addons, 'chemfiles', 'pythonTrajectories', 'mdanalysisFiles'],
};

/**
 * The steps that a purpose needs, by their keys.
 *
 * @param {string} purpose
 * @returns {Map<string, Step>}
 */
export function stepsFor(purpose) {
  const keys = purposes[purpose];
  if (keys) return new Map(keys.map((key) => [key, steps[key]]));
  const known = Object.keys(purposes).join(', ');
  throw new LatentcvError('bad-argument', `expected one of ${known} after --for, but received "${purpose}"`);
}
