import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
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

/** A flag, with its variable, that makes code for the processor of this machine alone, if one does. */
export function machineFlag(): string | undefined {
  const found = /(?:^|\s)(-(?:march|mcpu)=native|-xHost)\b/.exec(process.env.CXXFLAGS ?? '')?.[1];
  return found === undefined ? undefined : `${found} in CXXFLAGS`;
}

/** The versions of the packages whose headers and libraries are compiled in. */
function packageVersions(): unknown {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  const { version, dependencies } = JSON.parse(text) as Record<string, unknown>;
  return [version, dependencies];
}

/** Of sources by their names in the package and what they hold: it is the same wherever the package stands. */
function hashOf(what: unknown, sources: readonly string[]): string {
  const hash = createHash('sha256');
  if (what !== undefined) hash.update(JSON.stringify(what));
  for (const source of sources)
    for (const file of filesBelow(join(packageRoot(), source)))
      hash.update(relative(packageRoot(), file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** What tells one build of the core from another: the compiler with its version, the flags and every source. */
export function coreKey(compiler: string, compilerVersion: string): string {
  return hashOf([compiler, compilerVersion, flags(), packageVersions(), process.arch], coreSources);
}

/** What tells whether a prebuilt core is of these sources. */
export function coreSourcesKey(): string {
  return hashOf(undefined, coreSources);
}

/** A path without links, so that a PLUMED is the same one however it is named. */
const unlinked = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** What tells the plugins of one PLUMED and of these sources from all others: PLUMED's version and its kernel's file. `2.11.0-8f3c…` */
export function pluginKey({ version, kernel, includeDir }: PlumedInstall): string {
  const { mtimeMs, size } = statSync(kernel);
  const of = [unlinked(kernel), unlinked(includeDir), mtimeMs, size, packageVersions(), process.arch];
  return `${version.join('.')}-${hashOf(of, [...coreSources, pluginFolder])}`;
}

/** What tells one of those from another: the compiler where CXX names one, and the flags; empty where neither is set. */
export function variantKey(): string {
  const asked = [process.env.CXX ?? '', ...flags()];
  return asked.every((words) => words === '') ? '' : `-${hashOf(asked, []).slice(0, 8)}`;
}

const countIn = (path: string, pattern: RegExp): number =>
  filesBelow(join(packageRoot(), path)).filter((file) => pattern.test(file)).length;

/** How many files are compiled for the core, and for the plugin. */
export function filesToCompile(): { core: number; plugin: number } {
  const core = readFileSync(join(packageRoot(), 'native', 'core', 'sources.txt'), 'utf8');
  return { core: core.trim().split('\n').length, plugin: countIn(pluginFolder, /\.cpp$/) };
}
