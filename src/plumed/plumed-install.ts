import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { LatentcvError } from '../support/errors.js';
import { cacheFolder } from '../support/folders.js';
import { onPath } from './probe.js';
import { ask } from './plumed-ask.js';

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
  version: readonly [number, number, number];
  /** Variables to set for running it, and engines that load it. */
  env: Record<string, string>;
  source: 'path' | 'kernel' | 'cache';
}

type Version = PlumedInstall['version'];

const kernelName = 'libplumedKernel.so';

/** Where distributions put libraries below a prefix. */
const libFolders = ['lib', 'lib64', `lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`];

function parseVersion(text: string | undefined): Version | undefined {
  const match = /\b(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

async function headerVersion(includeDir: string): Promise<Version | undefined> {
  const header = join(includeDir, 'plumed', 'config', 'version.h');
  if (!existsSync(header)) return undefined;
  return parseVersion(/PLUMED_VERSION_LONG\s+"([^"]*)"/.exec(await readFile(header, 'utf8'))?.[1]);
}

/** Variables that a PLUMED moved away from where it was built needs to find itself. */
function relocated(libDir: string): Record<string, string> {
  const path = process.env.LD_LIBRARY_PATH;
  return {
    LD_LIBRARY_PATH: path ? libDir + delimiter + path : libDir,
    PLUMED_ROOT: join(libDir, 'plumed'),
  };
}

/** What the command says of itself, with the variables it needs to run; undefined where it does not run. */
async function tryRunning(
  executable: string,
  libDir: string,
): Promise<{ version: Version; env: Record<string, string> } | undefined> {
  for (const env of [{}, relocated(libDir)]) {
    const version = parseVersion(await ask(executable, ['info', '--long-version'], env));
    if (version) return { version, env };
  }
  return undefined;
}

interface Place {
  prefix: string;
  kernel: string;
  executable: string;
  source: PlumedInstall['source'];
}

async function describe({ prefix, kernel, executable, source }: Place): Promise<PlumedInstall> {
  const libDir = dirname(kernel);
  const running = existsSync(executable) ? await tryRunning(executable, libDir) : undefined;
  const told = running ? await ask(executable, ['info', '--include-dir'], running.env) : undefined;
  const folders = [told?.trim(), join(prefix, 'include')].filter((folder) => folder !== undefined);
  const includeDir = folders.find((folder) => existsSync(join(folder, 'plumed'))) ?? join(prefix, 'include');
  const version = running?.version ?? (await headerVersion(includeDir));
  if (!version) {
    const problem = `cannot tell the version of the PLUMED at ${kernel}: ${executable} does not run and ${includeDir} has no plumed/config/version.h`;
    throw new LatentcvError('missing-tool', problem, 'install PLUMED with its command or its headers');
  }
  const env = { ...(running?.env ?? relocated(libDir)), PLUMED_KERNEL: kernel };
  return { executable, prefix, kernel, includeDir, libDir, version, env, source };
}

/** The kernel in one of the usual folders below a prefix. */
function kernelBelow(prefix: string): string | undefined {
  return libFolders.map((folder) => join(prefix, folder, kernelName)).find(existsSync);
}

async function fromKernel(kernel: string): Promise<PlumedInstall> {
  if (!existsSync(kernel)) {
    throw new LatentcvError(
      'missing-tool',
      `expected PLUMED's kernel at PLUMED_KERNEL=${kernel} but there is no file`,
    );
  }
  const folder = dirname(realpathSync(kernel));
  const depth = /\/lib\/[^/]+-linux-gnu$/.test(folder) ? '../..' : '..';
  const prefix = join(folder, depth);
  const beside = join(prefix, 'bin', 'plumed');
  const executable = existsSync(beside) ? beside : ((await onPath('plumed')) ?? beside);
  return describe({ prefix, kernel, executable, source: 'kernel' });
}

async function fromPath(): Promise<PlumedInstall | undefined> {
  const executable = await onPath('plumed');
  if (executable === undefined) return undefined;
  const prefix = dirname(dirname(realpathSync(executable)));
  const kernel = kernelBelow(prefix);
  if (kernel === undefined) {
    const problem = `expected ${kernelName} beside ${executable}, in ${prefix}/lib, but found none`;
    throw new LatentcvError('missing-tool', problem, 'set PLUMED_KERNEL to the path of libplumedKernel.so');
  }
  return describe({ prefix, kernel, executable, source: 'path' });
}

async function fromCache(): Promise<PlumedInstall | undefined> {
  const prefix = join(cacheFolder(), 'plumed', 'plumed', '_lib');
  const kernel = kernelBelow(prefix);
  if (kernel === undefined) return undefined;
  return describe({ prefix, kernel, executable: join(prefix, 'bin', 'plumed'), source: 'cache' });
}

/** The oldest PLUMED that the plugin compiles against. */
export const oldestPlumed = [2, 9] as const;

export function isSupported({ version: [major, minor] }: PlumedInstall): boolean {
  return major === oldestPlumed[0] && minor >= oldestPlumed[1];
}

/**
 * The PLUMED to use: the one of PLUMED_KERNEL, else `plumed` on PATH, else the one that the set-up put in the cache
 * folder; that one too where the one on PATH is older than 2.9. Throws `missing-tool` where there is none or its
 * version cannot be told.
 */
export async function findPlumed(): Promise<PlumedInstall> {
  if (process.env.PLUMED_KERNEL) return fromKernel(process.env.PLUMED_KERNEL);
  const own = await fromPath();
  if (own && isSupported(own)) return own;
  const found = (await fromCache()) ?? own;
  if (found) return found;
  throw new LatentcvError(
    'missing-tool',
    `expected PLUMED at PLUMED_KERNEL, on PATH or in ${cacheFolder()} but found none`,
    'npm run setup fetches one',
  );
}
