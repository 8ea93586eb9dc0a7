import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { LatentcvError, commandOutput, inCaches, onPath } from '../../support/index.js';
import { plumedSays } from './ask-plumed.js';
import {
  headerVersion,
  kernelVersion,
  parseVersion,
  relocated,
  runningVersion,
  type Version,
} from './plumed-version.js';

/** A PLUMED that can be run and built against. */
export interface PlumedInstall {
  /** The `plumed` command; where only a kernel was given and no command lies beside it, where it would be. */
  executable: string;
  /** Folder it is installed in. */
  prefix: string;
  /** `libplumedKernel.so`, for PLUMED_KERNEL. */
  kernel: string;
  /** Folder that holds `plumed/core/Action.h`. */
  includeDir: string;
  /** Folder of the kernel. */
  libDir: string;
  /** 2.11.0 as [2, 11, 0]. */
  version: Version;
  /** As PLUMED writes it: `2.11.0-dev`. */
  longVersion: string;
  /** Variables to set for running it, and engines that load it. */
  env: Record<string, string>;
  source: 'kernel' | 'path' | 'root' | 'library-path' | 'pkg-config' | 'cache';
  /** What the user should know: another PLUMED of theirs that was passed over. */
  note?: string;
}

/** What it takes to run a PLUMED, or an engine that loads its kernel. */
export type PlumedRuntime = Pick<PlumedInstall, 'executable' | 'kernel' | 'env'> &
  Partial<Pick<PlumedInstall, 'version'>>;

const kernelName = 'libplumedKernel.so';

/** Where distributions put libraries below a prefix. */
const libFolders = ['lib', 'lib64', `lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`];

interface Place {
  prefix: string;
  kernel: string;
  executable: string;
  source: PlumedInstall['source'];
}

async function describe({ prefix, kernel, executable, source }: Place): Promise<PlumedInstall> {
  const libDir = dirname(kernel);
  const own = await kernelVersion(kernel, libDir, await libDirsOfOthers());
  const running = existsSync(executable) ? await runningVersion(executable, libDir, own) : undefined;
  if (own !== undefined && running !== undefined && own !== running.version)
    throw ofTwoVersions(kernel, own, `${executable} runs`, running.version);
  const includeDir = await headersOf({ prefix, executable }, own ?? running?.version, running?.env);
  const longVersion = own ?? running?.version ?? (await headerVersion(includeDir));
  const version = longVersion === undefined ? undefined : parseVersion(longVersion);
  if (longVersion === undefined || version === undefined) {
    const problem = `cannot tell the version of the PLUMED at ${kernel}: neither ${executable} nor plumed-runtime runs it, and ${includeDir} has no plumed/config/version.h`;
    throw new LatentcvError('missing-tool', problem, 'install PLUMED with its command or its headers');
  }
  const env = { ...(running?.env ?? relocated(libDir)), PLUMED_KERNEL: kernel };
  return { executable, prefix, kernel, includeDir, libDir, version, longVersion, env, source };
}

/** Kernel and something of another version. */
export function ofTwoVersions(kernel: string, own: string, what: string, other: string): LatentcvError {
  return new LatentcvError(
    'missing-tool',
    `expected one version of PLUMED but ${kernel} is ${own} and ${what} ${other}`,
    'set PLUMED_KERNEL, PATH and LD_LIBRARY_PATH to one PLUMED, or load its module alone',
  );
}

/** Where other PLUMEDs keep their libraries: their `plumed-runtime` can ask any kernel for its version. */
async function libDirsOfOthers(): Promise<string[]> {
  const onTheirPath = await onPath('plumed');
  const prefixes = [onTheirPath === undefined ? undefined : prefixOf(onTheirPath), cachePrefix()];
  return prefixes.flatMap((prefix) =>
    prefix === undefined ? [] : libFolders.map((lib) => join(prefix, lib)),
  );
}

/** Below its prefix or where the command says: the folder with headers of this version, else one with headers. */
async function headersOf(
  { prefix, executable }: Pick<Place, 'prefix' | 'executable'>,
  version: string | undefined,
  env: Record<string, string> | undefined,
): Promise<string> {
  const beside = join(prefix, 'include');
  const ofCommand = env && (await plumedSays(executable, ['info', '--include-dir'], env))?.trim();
  const folders = [beside, ...(ofCommand ? [ofCommand] : [])].filter((folder) =>
    existsSync(join(folder, 'plumed')),
  );
  for (const folder of folders) if ((await headerVersion(folder)) === version) return folder;
  return folders[0] ?? beside;
}

/** The kernel in one of the usual folders below a prefix. */
function kernelBelow(prefix: string): string | undefined {
  return libFolders.map((folder) => join(prefix, folder, kernelName)).find(existsSync);
}

const prefixOf = (executable: string): string => dirname(dirname(realpathSync(executable)));

/** The one of PLUMED_KERNEL. */
export async function fromKernel(kernel: string): Promise<PlumedInstall> {
  if (!existsSync(kernel)) {
    throw new LatentcvError(
      'missing-tool',
      `expected PLUMED's kernel at PLUMED_KERNEL=${kernel} but there is no file`,
    );
  }
  return ofKernel(kernel, 'kernel');
}

async function ofKernel(kernel: string, source: PlumedInstall['source']): Promise<PlumedInstall> {
  const folder = dirname(realpathSync(kernel));
  const depth = /\/lib\/[^/]+-linux-gnu$/.test(folder) ? '../..' : '..';
  const prefix = join(folder, depth);
  const beside = join(prefix, 'bin', 'plumed');
  const executable = existsSync(beside) ? beside : ((await borrowed(kernel)) ?? beside);
  return describe({ prefix, kernel, executable, source });
}

/** The one of PLUMED_ROOT, which modules set: PLUMED's own folder below `lib`, as PLUMED has it, or the prefix. */
export async function fromRoot(): Promise<PlumedInstall | undefined> {
  const root = process.env.PLUMED_ROOT;
  if (!root) return undefined;
  const kernel = [join(root, '..', kernelName)].find(existsSync) ?? kernelBelow(root);
  return kernel === undefined ? undefined : ofKernel(kernel, 'root');
}

/** The one whose kernel LD_LIBRARY_PATH leads an engine to. */
export async function fromLibraryPath(): Promise<PlumedInstall | undefined> {
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const kernel = folders.map((folder) => join(folder, kernelName)).find(existsSync);
  return kernel === undefined ? undefined : ofKernel(kernel, 'library-path');
}

/** How a PLUMED was found: `on PATH`. */
export const foundHow: Readonly<Record<PlumedInstall['source'], string>> = {
  kernel: 'as PLUMED_KERNEL says',
  path: 'on PATH',
  root: 'as PLUMED_ROOT says',
  'library-path': 'on LD_LIBRARY_PATH',
  'pkg-config': 'as pkg-config says',
  cache: 'fetched by set-up',
};

/** Of a kernel without a command beside it: the `plumed` on PATH, if it runs this very kernel (as in a build folder). */
async function borrowed(kernel: string): Promise<string | undefined> {
  const executable = await onPath('plumed');
  const libDir = dirname(kernel);
  const own = await kernelVersion(kernel, libDir, await libDirsOfOthers());
  if (executable === undefined || own === undefined) return undefined;
  return (await runningVersion(executable, libDir, own))?.version === own ? executable : undefined;
}

/** The `plumed` on PATH. */
export async function fromPath(): Promise<PlumedInstall | undefined> {
  const executable = await onPath('plumed');
  if (executable === undefined) return undefined;
  const prefix = prefixOf(executable);
  const kernel = kernelBelow(prefix);
  if (kernel === undefined) {
    const problem = `expected ${kernelName} beside ${executable}, in ${prefix}/lib, but found none`;
    throw new LatentcvError('missing-tool', problem, 'set PLUMED_KERNEL to the path of libplumedKernel.so');
  }
  return describe({ prefix, kernel, executable, source: 'path' });
}

/** The one whose `plumed.pc` is in PKG_CONFIG_PATH or where pkg-config looks by itself. */
export async function fromPkgConfig(): Promise<PlumedInstall | undefined> {
  const command = await onPath('pkg-config', 'pkgconf');
  if (command === undefined) return undefined;
  const [prefix, libDir] = await Promise.all(
    ['prefix', 'libdir'].map((name) => commandOutput(command, [`--variable=${name}`, 'plumed'])),
  );
  const kernel = join(libDir?.trim() ?? '', kernelName);
  if (!prefix?.trim() || !existsSync(kernel)) return undefined;
  const executable = join(prefix.trim(), 'bin', 'plumed');
  return describe({ prefix: prefix.trim(), kernel, executable, source: 'pkg-config' });
}

const cachePrefix = (): string => inCaches('plumed', 'plumed', '_lib');

/** The one that the set-up fetched. */
export async function fromCache(): Promise<PlumedInstall | undefined> {
  const prefix = cachePrefix();
  const kernel = kernelBelow(prefix);
  if (kernel === undefined) return undefined;
  return describe({ prefix, kernel, executable: join(prefix, 'bin', 'plumed'), source: 'cache' });
}
