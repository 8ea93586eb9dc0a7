import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../support/folders.js';
import type { PlumedInstall } from './plumed-install.js';

/** Everything the plugin is compiled from, relative to the package. */
const sources = ['CMakeLists.txt', 'package.json', 'native/dependencies.cjs', 'native/core', 'plumed-plugin'];

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name !== 'regtest');
  return names.sort().flatMap((name) => filesBelow(join(path, name)));
}

/**
 * What tells one build of the plugin from another: PLUMED's version, its kernel's file, the compiler and every source
 * of ours. `2.11.0-8f3c…`
 */
export function pluginKey(plumed: PlumedInstall, compiler: string): string {
  const hash = createHash('sha256');
  const { mtimeMs, size } = statSync(plumed.kernel);
  hash.update(JSON.stringify([plumed.kernel, plumed.includeDir, mtimeMs, size, compiler, process.arch]));
  for (const source of sources) {
    for (const file of filesBelow(join(packageRoot(), source))) hash.update(file).update(readFileSync(file));
  }
  return `${plumed.version.join('.')}-${hash.digest('hex').slice(0, 16)}`;
}
