// The first steps of set-up: npm's packages, and TypeScript.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageScript, root } from './paths.mjs';
import { run } from './run.mjs';

/** npm writes its hidden lock file last, so where that agrees with ours the folder is whole. */
export function installedAsLocked() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

/** onnxruntime-node's own script would fetch GPU libraries from elsewhere; nothing here needs any script. */
export const installPackages = () =>
  run('packages', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);

export async function compileTypeScript() {
  for (const folder of ['src', 'test', 'bench']) removeStale(folder);
  await run('typescript', process.execPath, [packageScript('typescript', 'bin', 'tsc'), '-p', '.']);
}

/** Compiled files whose source is gone would still be run as tests. @param {string} source */
function removeStale(source) {
  const folder = join(root, 'dist', source);
  if (!existsSync(folder)) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const stem = path.replace(/\.(js|d\.ts|js\.map)$/, '');
    if (stem !== path && !existsSync(join(root, source, `${stem}.ts`))) rmSync(join(folder, path));
  }
}
