// The steps of set-up: what each is made from, when it is already there, and how it is made.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findPlumed } from './library.mjs';
import { cache, nativeTestsFolder, packageScript, parts, python, root } from './paths.mjs';
import { addonFor, zig } from './prebuilt.mjs';
import { run, StepError } from './run.mjs';
import { hashOf } from './stamp.mjs';
import { gromacsOnMachine, need, needPython, plumedOnMachine } from './tools.mjs';

/**
 * name: what a person reads. after: names of the steps that must be done first.
 * inputs(): hash of what it is made from. present(): whether what it makes is there; a string says what is
 * used instead. make(): makes it, throwing StepError. optional: for what it is needed to a lesser part.
 * stamp: the name of its stamp, where that is not made of the step's own name without its digits.
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
  inputs: () => hashOf(['src', 'test', 'bench', 'tsconfig.json', 'package-lock.json']),
  present: () => existsSync(join(root, 'dist', 'src', 'cli', 'main.js')),
  make: async () => {
    removeStale('dist/src', 'src');
    removeStale('dist/test', 'test');
    removeStale('dist/bench', 'bench');
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

// versions and hashes of what pip fetches: pin.mjs
const pins = (name) => `scripts/parts/pins/${name}.txt`;

const zigCompiler = {
  name: 'Zig, whose compiler builds the addon for older machines too',
  stamp: 'zig',
  after: [],
  optional:
    "the addon is compiled by this machine's own compiler, for this machine alone: `npm pack` refuses it",
  inputs: () => hashOf(['scripts/parts/zig.sh', pins('zig')]),
  present: () => existsSync(zig),
  make: () => {
    needPython('pip', 'fetching Zig');
    return run('zig', 'bash', [join(parts, 'zig.sh'), join(cache, 'zig')]);
  },
};

/** The addon for one processor; both are built in one folder, so `after` another. */
const addonStep = (arch, after) => ({
  name: `Node addon for Linux on ${arch}`,
  stamp: `addon-${arch}`,
  after: [packages.name, zigCompiler.name, ...after],
  inputs: () =>
    hashOf(
      ['core', 'trajectories', 'addon', 'third_party/protozero', 'gyp', 'build.cjs'].map(
        (name) => `native/${name}`,
      ),
      hashOf(['binding.gyp', 'package-lock.json', 'scripts/parts/prebuilt.mjs']),
      existsSync(zig),
      root,
    ),
  present: () => existsSync(addonFor(arch)),
  make: () => {
    need('make', 'the Node addon');
    need('python3', 'the Node addon');
    if (!existsSync(zig)) need('c++', 'the Node addon');
    return run(`addon-${arch}`, process.execPath, [join(parts, 'prebuilt.mjs'), arch]);
  },
});

const addon = addonStep(process.arch, []);

const addonForArm = addonStep('arm64', process.arch === 'arm64' ? [] : [addon.name]);

const arm = {
  name: 'qemu and a Node for arm64',
  stamp: 'arm64',
  after: [],
  inputs: () => hashOf(['scripts/parts/arm64.sh', 'scripts/parts/debian.sh']),
  present: () => existsSync(join(cache, 'arm64', 'node')),
  make: () => run('arm64', 'bash', [join(parts, 'arm64.sh'), join(cache, 'arm64')]),
};

const prebuiltCore = {
  name: 'C++ core for plugins',
  after: [packages.name, typescript.name],
  inputs: () =>
    hashOf([
      'native/core',
      'native/third_party/protozero',
      'native/prebuilt',
      'native/build.cjs',
      'CMakeLists.txt',
    ]),
  present: () =>
    existsSync(join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'liblatentcv_core.a')),
  make: () => {
    need('cmake', 'the C++ core');
    need('c++', 'the C++ core');
    return run('core', process.execPath, [join(parts, 'prebuilt-core.mjs')]);
  },
};

const nativeTests = {
  name: 'C++ tests',
  after: [packages.name],
  inputs: () => hashOf(['native', 'CMakeLists.txt', 'package-lock.json'], process.version, root),
  present: () => existsSync(join(nativeTestsFolder, 'CTestTestfile.cmake')),
  make: async () => {
    need('cmake', 'the C++ tests');
    need('c++', 'the C++ tests');
    // a CMake folder remembers where it was made for; that of another checkout has to start again
    const made = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(
      readIfThere(join(nativeTestsFolder, 'CMakeCache.txt')),
    )?.[1];
    if (made !== undefined && join(made, '/') !== root) rmSync(nativeTestsFolder, { recursive: true });
    await run('native-tests', process.execPath, [
      packageScript('cmake-js', 'bin', 'cmake-js'),
      'compile',
      '--out',
      nativeTestsFolder,
      '--parallel',
      String(availableParallelism()),
    ]);
  },
};

const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

// what the scripts that make a PLUMED source
const plumedEnv = 'scripts/parts/plumed-env.sh';
// how the source archives of packages are fetched
const sdist = 'scripts/parts/sdist.sh';

const plumed = {
  name: 'PLUMED',
  after: [],
  inputs: () => hashOf(['scripts/parts/plumed.sh', plumedEnv, pins('plumed')], cache),
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

const lammps = {
  name: 'LAMMPS',
  after: [typescript.name, plumed.name],
  optional: 'the tests with LAMMPS are left out',
  inputs: () => hashOf(['scripts/parts/lammps.sh', 'scripts/parts/debian.sh', pins('lammps')], cache),
  present: () => existsSync(join(cache, 'lammps', 'lmp')),
  make: async () => {
    need('c++', "LAMMPS's fix plumed");
    needPython('venv', 'fetching LAMMPS');
    const { includeDir, libDir } = await findPlumed();
    await run('lammps', 'bash', [join(parts, 'lammps.sh'), join(cache, 'lammps'), includeDir, libDir]);
  },
};

const chemfiles = {
  name: 'chemfiles',
  after: [],
  inputs: () => hashOf(['scripts/parts/chemfiles.sh', pins('chemfiles')]),
  present: () => existsSync(join(cache, 'chemfiles', 'libchemfiles.so')),
  make: () => {
    needPython('pip', 'fetching chemfiles');
    return run('chemfiles', 'bash', [join(parts, 'chemfiles.sh'), join(cache, 'chemfiles')]);
  },
};

const plugin = {
  name: 'PLUMED plugin',
  after: [typescript.name, plumed.name, prebuiltCore.name],
  // the library knows which PLUMED and which sources it was built for, and builds anew where they changed
  inputs: () =>
    hashOf(
      ['native', 'plumed-plugin', 'src/programs', 'scripts/parts/plumed.sh', plumedEnv],
      plumedOnMachine(),
    ),
  present: () => existsSync(join(cache, 'plugin')),
  make: () => {
    need('c++', 'the PLUMED plugin');
    const library = pathToFileURL(join(root, 'dist', 'src', 'programs', 'index.js')).href;
    const script = `const { buildPlugin } = await import(${JSON.stringify(library)}); console.log(await buildPlugin());`;
    return run('plugin', process.execPath, ['--input-type=module', '-e', script]);
  },
};

const pythonPackages = {
  name: 'Python packages for the tests',
  after: [],
  inputs: () => hashOf(['scripts/parts/python.sh', pins('python')], cache),
  present: () => existsSync(python),
  make: () => {
    needPython('venv', 'checking models against Python');
    return run('python', 'bash', [join(parts, 'python.sh'), join(cache, 'python')]);
  },
};

const foreignTrajectories = {
  name: 'trajectories of other programs',
  after: [],
  optional: 'the tests with files of other programs are left out',
  inputs: () => hashOf(['scripts/parts/foreign-trajectories.sh', sdist, pins('foreign-trajectories')]),
  present: () => existsSync(join(cache, 'foreign-trajectories', 'adk_oplsaa.xtc')),
  make: () => {
    needPython('pip', 'fetching trajectories of other programs');
    const folder = join(cache, 'foreign-trajectories');
    return run('foreign-trajectories', 'bash', [join(parts, 'foreign-trajectories.sh'), folder]);
  },
};

// What benches, and tests that are not for every machine, need beyond that. PLUMED's wheel is compiled at -O0: right for tests, meaningless for timings.

const plumedSource = {
  name: 'PLUMED sources',
  after: [],
  inputs: () => hashOf(['scripts/parts/plumed-source.sh', sdist, pins('plumed')]),
  present: () => existsSync(join(cache, 'plumed-source', 'configure')),
  make: () => {
    needPython('pip', "fetching PLUMED's sources");
    return run('plumed-source', 'bash', [join(parts, 'plumed-source.sh'), join(cache, 'plumed-source')]);
  },
};

const plumedOptimized = {
  name: 'PLUMED at -O3 (about 15 CPU minutes, once)',
  after: [plumedSource.name],
  inputs: () =>
    hashOf(['scripts/parts/plumed-source.sh', 'scripts/parts/plumed-optimized.sh', plumedEnv], cache),
  present: () => existsSync(join(cache, 'plumed-o3', 'env.sh')),
  make: () => {
    need('c++', 'compiling PLUMED');
    const [source, built] = [join(cache, 'plumed-source'), join(cache, 'plumed-o3')];
    const script = join(parts, 'plumed-optimized.sh');
    return run('plumed-optimized', 'bash', [script, source, built, String(availableParallelism())]);
  },
};

const plumedMpi = {
  name: 'PLUMED with MPI (about 8 CPU minutes, once)',
  after: [plumedSource.name],
  inputs: () => hashOf(['scripts/parts/plumed-source.sh', 'scripts/parts/plumed-mpi.sh', plumedEnv], cache),
  present: () => existsSync(join(cache, 'plumed-mpi', 'env.sh')),
  make: () => {
    need('c++', 'compiling PLUMED');
    needPython('venv', 'fetching MPICH');
    const folders = [join(cache, 'plumed-source'), join(cache, 'plumed-mpi')];
    return run('plumed-mpi', 'bash', [
      join(parts, 'plumed-mpi.sh'),
      ...folders,
      String(availableParallelism()),
    ]);
  },
};

/** PLUMED's stable releases that the plugin is tested on. */
export const plumedReleases = ['2.9.5', '2.10.1'];

export const releaseFolder = (version) => join(cache, 'plumed-releases', version);

/** The folder of releases that LATENTCV_PLUMED_RELEASES names, if it is there. */
export function releasesFolder() {
  const folder = process.env.LATENTCV_PLUMED_RELEASES;
  return folder && existsSync(folder) ? resolve(folder) : undefined;
}

const releases = plumedReleases.map((version) => ({
  name: `PLUMED ${version} (some minutes where it must be compiled, once)`,
  stamp: `plumed-release-${version}`,
  after: [],
  inputs: () => hashOf(['scripts/parts/plumed-release.sh', plumedEnv], cache),
  present: () => existsSync(join(releaseFolder(version), 'env.sh')),
  make: () => {
    need('c++', 'compiling PLUMED');
    const args = [join(parts, 'plumed-release.sh'), version, releaseFolder(version), releasesFolder() ?? ''];
    return run(`plumed-release-${version}`, 'bash', args);
  },
}));

const libtorch = {
  name: 'libtorch (a download of 540 MB, once)',
  after: [],
  inputs: () => hashOf(['scripts/parts/libtorch.sh', pins('libtorch')]),
  present: () => existsSync(join(cache, 'libtorch', 'lib', 'libtorch_cpu.so')),
  make: () => {
    needPython('pip', 'fetching libtorch');
    return run('libtorch', 'bash', [join(parts, 'libtorch.sh'), join(cache, 'libtorch')]);
  },
};

const nativeBench = {
  name: 'program of bench/native',
  after: [packages.name],
  inputs: () => hashOf(['native', 'bench/native', 'CMakeLists.txt', 'package-lock.json'], root),
  present: () => existsSync(join(cache, 'native-bench', 'bench', 'native', 'latentcv_bench')),
  make: async () => {
    need('cmake', 'the C++ build');
    need('c++', 'the C++ build');
    const folder = join(cache, 'native-bench');
    rmSync(folder, { recursive: true, force: true });
    const options = ['-DCMAKE_BUILD_TYPE=Release', '-DLATENTCV_BENCH=ON', '-DLATENTCV_TESTS=OFF'];
    await run('native-bench', 'cmake', ['-S', root, '-B', folder, ...options]);
    await run('native-bench', 'cmake', ['--build', folder, '--parallel', String(availableParallelism())]);
  },
};

const stepBench = {
  name: 'programs of bench:step',
  after: [plumedOptimized.name, libtorch.name],
  inputs: () => hashOf(['bench/step/programs', 'scripts/parts/step-bench.sh'], plumedOptimized.inputs()),
  present: () => existsSync(join(cache, 'step-bench', 'libPytorchModel.so')),
  make: () => {
    const folders = ['plumed-source', 'plumed-o3', 'libtorch', 'step-bench'].map((name) => join(cache, name));
    return run('step-bench', 'bash', [join(parts, 'step-bench.sh'), ...folders]);
  },
};

const stepBenchEvaluator = {
  name: 'evaluator in PLUMED for bench:step',
  after: [plumedOptimized.name, nativeBench.name],
  inputs: () =>
    hashOf(
      ['bench/step/programs/evaluator_only.cpp', 'scripts/parts/step-bench-evaluator.sh'],
      plumedOptimized.inputs(),
      nativeBench.inputs(),
    ),
  present: () => existsSync(join(cache, 'step-bench-evaluator', 'libEvaluatorOnly.so')),
  make: () => {
    const paths = [join('native-bench', 'liblatentcv_core.a'), 'plumed-o3', 'step-bench-evaluator'];
    const script = join(parts, 'step-bench-evaluator.sh');
    return run('step-bench-evaluator', 'bash', [script, ...paths.map((path) => join(cache, path))]);
  },
};

const tfjsNode = {
  name: 'TensorFlow for Node',
  after: [],
  inputs: () => hashOf(['scripts/parts/tfjs-node.sh', pins('tensorflow')], process.version, cache),
  present: () => existsSync(join(cache, 'tfjs-node', 'node_modules')),
  make: () => {
    needPython('pip', 'fetching TensorFlow');
    need('c++', 'the binding to TensorFlow');
    return run('tfjs-node', 'bash', [join(parts, 'tfjs-node.sh'), join(cache, 'tfjs-node')]);
  },
};

const pythonTorch = {
  name: 'PyTorch and mlcolvar (a download of 2.2 GB, once)',
  after: [],
  inputs: () => hashOf(['scripts/parts/python-torch.sh', pins('python-torch')], cache),
  present: () => existsSync(join(cache, 'python-torch', 'bin', 'python')),
  make: () => {
    needPython('venv', 'measuring against PyTorch');
    return run('python-torch', 'bash', [join(parts, 'python-torch.sh'), join(cache, 'python-torch')]);
  },
};

const pythonTrajectories = {
  name: 'MDTraj and MDAnalysis',
  after: [],
  inputs: () => hashOf(['scripts/parts/python-trajectories.sh', pins('python-trajectories')], cache),
  present: () => existsSync(join(cache, 'python-trajectories', 'bin', 'python')),
  make: () => {
    needPython('venv', 'measuring against MDTraj and MDAnalysis');
    const folder = join(cache, 'python-trajectories');
    return run('python-trajectories', 'bash', [join(parts, 'python-trajectories.sh'), folder]);
  },
};

const mdanalysisFiles = {
  name: 'files of the tests of MDAnalysis',
  after: [],
  inputs: () => hashOf(['scripts/parts/foreign-trajectories.sh', sdist, pins('foreign-trajectories')]),
  present: () => existsSync(join(cache, 'mdanalysis-files', 'adk_oplsaa.xtc')),
  make: () => {
    needPython('pip', 'fetching the files of the tests of MDAnalysis');
    const folder = join(cache, 'mdanalysis-files');
    return run('mdanalysis-files', 'bash', [join(parts, 'foreign-trajectories.sh'), folder, '--all']);
  },
};

/** The steps that a purpose needs. */
export function stepsFor(purpose) {
  const addons = [packages, zigCompiler, addon];
  const main = [...addons, gromacs, typescript, prebuiltCore, plumed, chemfiles, plugin];
  const timing = [
    packages,
    typescript,
    plumedSource,
    plumedOptimized,
    libtorch,
    stepBench,
    nativeBench,
    stepBenchEvaluator,
  ];
  const wanted = {
    quickstart: main,
    pesmd: main.filter((step) => step !== gromacs),
    test: [...main, nativeTests, lammps, pythonPackages, foreignTrajectories],
    pack: [...addons, addonForArm, typescript, prebuiltCore],
    arm64: [...addons, addonForArm, typescript, arm],
    lint: [packages, pythonPackages],
    tfjs: [packages, typescript, tfjsNode],
    mpi: [plumedSource, plumedMpi],
    'test:plumed': releases,
    'bench:step': timing,
    'bench:whole-run': [...timing, gromacs],
    'bench:train': [packages, typescript, tfjsNode, pythonTorch],
    'bench:descriptors': [
      ...[...addons, typescript, chemfiles],
      ...[plumedSource, plumedOptimized, pythonTrajectories],
    ],
    'compare:mdanalysis': [...addons, typescript, chemfiles, pythonTrajectories, mdanalysisFiles],
  };
  if (wanted[purpose]) return wanted[purpose];
  const purposes = Object.keys(wanted).join(', ');
  throw new StepError(`expected one of ${purposes} after --for, but received "${purpose}"`);
}
