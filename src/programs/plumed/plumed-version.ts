import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { LatentcvError } from '../../support/index.js';
import { plumedSays } from './ask-plumed.js';

/** 2.11.0 as [2, 11, 0]. */
export type Version = readonly [number, number, number];

/** The first version in a text: of `2.11.0-dev` 2.11.0; the third number is 0 where there is none. */
export function parseVersion(text: string): Version | undefined {
  const match = /\b(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** What the headers in a folder say: `2.10.1`, `2.11.0-dev`; undefined where there are none. */
export async function headerVersion(includeDir: string): Promise<string | undefined> {
  const header = join(includeDir, 'plumed', 'config', 'version.h');
  if (!existsSync(header)) return undefined;
  return /PLUMED_VERSION_LONG\s+"([^"]*)"/.exec(await readFile(header, 'utf8'))?.[1];
}

/** Variables that a PLUMED moved away from where it was built needs to find itself. */
export function relocated(libDir: string): Record<string, string> {
  const path = process.env.LD_LIBRARY_PATH;
  return {
    LD_LIBRARY_PATH: path ? libDir + delimiter + path : libDir,
    PLUMED_ROOT: join(libDir, 'plumed'),
  };
}

async function answer(executable: string, env: Record<string, string>): Promise<string | undefined> {
  const text = (await plumedSays(executable, ['info', '--long-version'], env))?.trim();
  return text !== undefined && parseVersion(text) ? text : undefined;
}

/** What a `plumed` says of itself, with the variables it needs to run as this version; undefined where it does not. */
export async function runningVersion(
  executable: string,
  libDir: string,
  wanted: string | undefined,
): Promise<{ version: string; env: Record<string, string> } | undefined> {
  let first: { version: string; env: Record<string, string> } | undefined;
  for (const env of [{}, relocated(libDir)]) {
    const version = await answer(executable, env);
    if (version === undefined) continue;
    if (wanted === undefined || version === wanted) return { version, env };
    first ??= { version, env };
  }
  return first;
}

/**
 * The version of a kernel by its own word. `plumed-runtime`, which every PLUMED installs beside its library, runs the
 * kernel that PLUMED_KERNEL names, whichever it is.
 */
export async function kernelVersion(
  kernel: string,
  libDir: string,
  otherLibDirs: readonly string[],
): Promise<string | undefined> {
  // installed, or beside the library in the folder where PLUMED was built
  const runtimes = [join(libDir, 'plumed'), libDir, ...otherLibDirs.map((folder) => join(folder, 'plumed'))];
  for (const runtime of runtimes.map((folder) => join(folder, 'plumed-runtime'))) {
    if (!existsSync(runtime)) continue;
    for (const env of [{}, relocated(libDir)]) {
      const version = await answer(runtime, { ...env, PLUMED_KERNEL: kernel });
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

/** The oldest PLUMED that the plugin compiles against. */
const oldestPlumed = [2, 9] as const;

/** Whether the plugin compiles against it and was tried with it. */
export function isSupported({ version: [major, minor] }: { version: Version }): boolean {
  return major === oldestPlumed[0] && minor >= oldestPlumed[1];
}

/** @throws LatentcvError `missing-tool` for a PLUMED older than 2.9, and for PLUMED 3, which nobody has tried */
export function expectSupported(plumed: { version: Version; kernel: string }): void {
  if (isSupported(plumed)) return;
  const is = `${plumed.kernel} is ${plumed.version.join('.')}`;
  const expected = `expected PLUMED ${oldestPlumed.join('.')} or later`;
  throw new LatentcvError(
    'missing-tool',
    plumed.version[0] > oldestPlumed[0] ? `${expected}, but of PLUMED 2: ${is}` : `${expected} but ${is}`,
    'install another PLUMED, or unset PLUMED_KERNEL to use the one that latentcv setup plumed fetches',
  );
}
