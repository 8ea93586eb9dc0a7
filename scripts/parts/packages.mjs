// The first steps of set-up, by Node alone: npm's packages, and TypeScript, in which the other steps are written.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageScript, root } from './paths.mjs';

/** What TypeScript is compiled from, and the hash of what it was compiled from last. */
const sources = ['src', 'test', 'bench', 'tsconfig.json', 'package-lock.json'];
const stamp = join(root, 'dist', 'made-from');

/**
 * npm's packages and the compiled library, where they are not current.
 * @param {(line: string) => void} say
 * @param {AbortSignal} signal
 */
export async function preparePackages(say, signal) {
  if (!installedAsLocked()) {
    say('npm packages …');
    // onnxruntime-node's own script would fetch GPU libraries from elsewhere; nothing here needs any script
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], signal);
  }
  const hash = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('TypeScript …');
  rmSync(stamp, { force: true });
  for (const folder of ['src', 'test', 'bench']) removeStale(folder);
  await run(process.execPath, [packageScript('typescript', 'bin', 'tsc'), '-p', '.'], signal);
  writeFileSync(stamp, hash);
}

/** Runs a command that speaks for itself; standard output is for scripts to read. */
function run(command, args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], signal });
    child.on('error', reject);
    child.on('exit', (code, name) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? name}`)),
    );
  });
}

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

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesOf(source)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** A file, or those below a folder. */
function filesOf(source) {
  if (/\.json$/.test(source)) return [source];
  const entries = readdirSync(join(root, source), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length)).sort();
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
