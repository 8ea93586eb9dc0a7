import { readFileSync } from 'node:fs';
import { arch, release, type } from 'node:os';
import { addonPath, loadAddon } from '../native/index.js';
import { findChemfiles } from '../native/foreign/index.js';
import { findGromacs, findLammps, findPlumed } from '../programs/index.js';
import { onnxRuntimeVersion } from '../runtimes/index.js';
import { onnxRuntimeFolder } from '../setup/index.js';
import { libc, packageRoot, packageVersion } from '../support/index.js';

/** A part of what latentcv runs with: its version and where it is, or why there is none. */
type Part = Record<string, unknown> | { problem: string };

/** What a report of a fault should hold: every part that takes part, as it is found here. */
export interface Versions {
  latentcv: Part;
  node: Part;
  addon: Part;
  onnxRuntime: Part;
  chemfiles: Part;
  plumed: Part;
  gromacs: Part;
  lammps: Part;
  system: Part;
}

async function partOf(find: () => object | Promise<object>): Promise<Part> {
  try {
    return { ...(await find()) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function addon(): object {
  loadAddon();
  return { path: addonPath() };
}

async function plumed(): Promise<object> {
  const { longVersion: version, kernel: path, executable, source } = await findPlumed();
  return { version, path, executable, source };
}

async function gromacs(): Promise<object> {
  const { version, executable: path, plumed } = await findGromacs();
  return { version, path, plumed };
}

async function lammps(): Promise<object> {
  const { version, executable: path, plumed, plumedPlugin = null } = await findLammps();
  return { version, path, plumed, plumedPlugin };
}

/** The system's name for people, `Debian GNU/Linux 12 (bookworm)`, where it tells one. */
function distribution(): string | null {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

function system(): Part {
  return {
    name: type(),
    release: release(),
    distribution: distribution(),
    arch: arch(),
    libc: libc() ?? null,
  };
}

/** Every part, found at once. */
export async function findVersions(): Promise<Versions> {
  const [addonPart, onnxRuntime, chemfiles, plumedPart, gromacsPart, lammpsPart] = await Promise.all([
    partOf(addon),
    partOf(() => ({ version: onnxRuntimeVersion(), path: onnxRuntimeFolder() })),
    partOf(async () => {
      const { version, path } = await findChemfiles();
      return { version, path };
    }),
    partOf(plumed),
    partOf(gromacs),
    partOf(lammps),
  ]);
  return {
    latentcv: { version: packageVersion(), path: packageRoot() },
    node: { version: process.versions.node, path: process.execPath },
    addon: addonPart,
    onnxRuntime,
    chemfiles,
    plumed: plumedPart,
    gromacs: gromacsPart,
    lammps: lammpsPart,
    system: system(),
  };
}

/** `latentcv --version --json` */
export async function printVersions(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await findVersions(), undefined, 2)}\n`);
}
