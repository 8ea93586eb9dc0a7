import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../support/index.js';
import type { PlumedInstall } from '../plumed/index.js';

/** Everything the core is compiled from, relative to the package. */
const coreSources = [
  'CMakeLists.txt',
  'native/build.cjs',
  'native/core',
  'native/prebuilt',
  'native/third_party/protozero',
];

/** What the plugin alone is compiled from. */
const pluginFolder = 'plumed-plugin';

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name !== 'regtest');
  return names.sort().flatMap((name) => filesBelow(join(path, name)));
}

/** What the user adds to the compiler's and the linker's words; CMake takes both from the environment. */
export const flags = (): string[] => ['CXXFLAGS', 'LDFLAGS'].map((name) => process.env[name] ?? '');

/** The versions of the packages whose headers and libraries are compiled in. */
function packageVersions(): unknown {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  const { version, dependencies } = JSON.parse(text) as Record<string, unknown>;
  return [version, dependencies];
}

function hashOf(what: unknown, sources: readonly string[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([what, flags(), packageVersions(), process.arch]));
  for (const source of sources) {
    for (const file of filesBelow(join(packageRoot(), source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** What tells one build of the core from another: the compiler with its version, the flags and every source. */
export function coreKey(compiler: string, compilerVersion: string): string {
  return hashOf([compiler, compilerVersion], coreSources);
}

/** What tells whether a prebuilt core is of these sources, wherever the package stands. */
export function coreSourcesKey(): string {
  const hash = createHash('sha256');
  for (const source of coreSources)
    for (const file of filesBelow(join(packageRoot(), source)))
      hash.update(relative(packageRoot(), file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/**
 * What tells one build of the plugin from another: PLUMED's version, its kernel's file, the flags, every source of ours,
 * and the compiler where CXX names one: so it is found on machines without a compiler too. `2.11.0-8f3c…`
 */
export function pluginKey({ version, kernel, includeDir }: PlumedInstall): string {
  const { mtimeMs, size } = statSync(kernel);
  const hash = hashOf(
    [kernel, includeDir, mtimeMs, size, process.env.CXX ?? ''],
    [...coreSources, pluginFolder],
  );
  return `${version.join('.')}-${hash}`;
}

const countIn = (path: string, pattern: RegExp): number =>
  filesBelow(join(packageRoot(), path)).filter((file) => pattern.test(file)).length;

/** How many files are compiled for the core, and for the plugin. */
export function filesToCompile(): { core: number; plugin: number } {
  const core = readFileSync(join(packageRoot(), 'native', 'core', 'sources.txt'), 'utf8');
  return { core: core.trim().split('\n').length, plugin: countIn(pluginFolder, /\.cpp$/) };
}
