import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addonPath, loadAddon } from '../../../native/index.js';
import { findChemfiles } from '../../../native/foreign/index.js';
import {
  hasModule,
  optimisationProblem,
  loadProblem,
  pluginPath,
  findCompiler,
  findPlumed,
  foundHow,
  expectSupported,
  findGromacs,
  findLammps,
} from '../../../programs/index.js';
import { onnxRuntimeVersion } from '../../../runtimes/index.js';
import { cudaProvider, expectTool, onnxRuntimeFolder } from '../../../setup/index.js';
import { commandOutput, LatentcvError, oldestNode } from '../../../support/index.js';

/** How one part of the machine is. */
export interface Check {
  name: string;
  /** `missing` parts that are needed make the doctor's exit code 3; `absent` ones are optional. */
  state: 'ok' | 'missing' | 'absent';
  /** What was found, or what is wrong. */
  detail: string;
  /** How to mend it. */
  hint?: string;
}

type Look = () => Promise<string>;

/** Looks for one part; what it throws becomes the detail and the hint. */
async function look(name: string, needed: boolean, what: Look): Promise<Check> {
  try {
    return { name, state: 'ok', detail: await what() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const hint = error instanceof LatentcvError ? error.hint : undefined;
    return { name, state: needed ? 'missing' : 'absent', detail, hint };
  }
}

function missing(problem: string, hint: string): LatentcvError {
  return new LatentcvError('missing-tool', problem, hint);
}

function node(): Promise<string> {
  expectNode(process.version);
  return Promise.resolve(`${process.version} at ${process.execPath}`);
}

/**
 * @throws LatentcvError `missing-tool` where this version, such as `v20.17.0`, is older than what package.json asks
 *   for
 */
export function expectNode(version: string, oldest = oldestNode()): void {
  const [major, minor] = version.slice(1).split('.').map(Number);
  const [leastMajor, leastMinor] = oldest.split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw missing(`expected Node ${oldest} or later but this is ${version}`, 'install a newer Node');
}

function addon(): Promise<string> {
  loadAddon();
  return Promise.resolve(addonPath());
}

/** Only trajectories and structures of formats that are not read here need it. */
async function chemfiles(): Promise<string> {
  const { version, path } = await findChemfiles();
  const how = path === process.env.CHEMFILES ? ', as CHEMFILES says' : '';
  return `${version} at ${path}${how}`;
}

function onnxRuntime(): Promise<string> {
  return Promise.resolve(`${onnxRuntimeVersion()} at ${onnxRuntimeFolder()}`);
}

/** The provider alone says little: without a driver it does not load. */
function cuda(): Promise<string> {
  const provider = cudaProvider();
  if (!existsSync(provider)) {
    throw missing(
      'ONNX Runtime has no CUDA provider here; everything runs on the CPU',
      'on a machine with an NVIDIA GPU: latentcv setup cuda',
    );
  }
  if (!existsSync('/dev/nvidiactl'))
    throw missing(`${provider} is there, but no NVIDIA driver`, 'install the driver');
  return Promise.resolve(provider);
}

async function plumed(): Promise<string> {
  const found = await findPlumed();
  expectSupported(found);
  const { longVersion, kernel, source, note } = found;
  // libstdc++ has two layouts of strings and lists; a plugin built for the other one does not load
  const slow = await optimisationProblem(found);
  const abi = (await readFile(kernel)).includes('__cxx11') ? 'C++11 ABI' : 'old C++ ABI';
  return `${longVersion} (${abi}) at ${kernel}, ${foundHow[source]}${[slow, note].map((each) => (each === undefined ? '' : `; ${each}`)).join('')}`;
}

/** Modules that users meet, and what needs them; PLUMED compiles some only where it is told to. */
const modules = [
  { name: 'opes', for: "OPES_METAD, the default bias of latentcv plumed, and the quickstart's" },
  { name: 'symfunc', for: 'COORDINATIONNUMBER and Steinhardt parameters', since: 10 },
];

async function plumedModules(): Promise<string> {
  const install = await findPlumed();
  const wanted = modules.filter(({ since = 0 }) => install.version[1] >= since);
  const there = await Promise.all(wanted.map(({ name }) => hasModule(install, name)));
  if (there.includes(undefined))
    throw missing(`${install.executable} does not run to tell them`, 'put it on PATH');
  const lacking = wanted.filter((_, i) => !there[i]);
  if (lacking.length === 0) return wanted.map(({ name }) => name).join(', ');
  throw missing(
    lacking.map((module) => `PLUMED has no module ${module.name}: ${module.for}`).join('; '),
    `compile PLUMED with ./configure --enable-modules=${lacking.map(({ name }) => `+${name}`).join(':')}`,
  );
}

async function plugin(): Promise<string> {
  const install = await findPlumed();
  const path = await pluginPath(install);
  if (!existsSync(path)) {
    const compiler = await findCompiler(install);
    await expectTool('cmake', 'the plugin');
    return `not built yet for this PLUMED: the first command that needs it compiles it with ${compiler}, or latentcv plugin now`;
  }
  const folder = await mkdtemp(join(tmpdir(), 'latentcv-doctor-'));
  try {
    const problem = await loadProblem(install, path, folder);
    if (problem === undefined) return path;
    throw missing(`PLUMED does not load ${path}: ${problem}`, 'latentcv plugin --rebuild');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function gromacs(): Promise<string> {
  const found = await findGromacs();
  if (found.plumed) return `${found.version} with -plumed at ${found.executable}`;
  throw missing(
    `GROMACS ${found.version} at ${found.executable} has no -plumed`,
    'GROMACS 2025 or later has it; latentcv setup gromacs fetches one',
  );
}

async function lammps(): Promise<string> {
  const { version, executable, plumed, plumedPlugin } = await findLammps();
  const where =
    plumedPlugin === undefined ? '; fix plumed is not built in' : ` with fix plumed in ${plumedPlugin}`;
  return `${version} at ${executable}${plumed ? ' with fix plumed' : where}`;
}

async function python(): Promise<string> {
  await expectTool('pip', 'latentcv setup');
  return `${(await commandOutput('python3', ['--version']))?.trim()} with pip, for latentcv setup`;
}

/** Looks at everything, several things at a time. */
export function runChecks(): Promise<Check[]> {
  return Promise.all([
    look('Node', true, node),
    look('Node addon', true, addon),
    look('ONNX Runtime', true, onnxRuntime),
    look('PLUMED', true, plumed),
    look('PLUMED plugin', true, plugin),
    look('PLUMED modules', false, plumedModules),
    look('chemfiles', false, chemfiles),
    look('GROMACS', false, gromacs),
    look('LAMMPS', false, lammps),
    look('CUDA provider', false, cuda),
    look('Python', false, python),
  ]);
}
