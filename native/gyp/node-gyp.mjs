#!/usr/bin/env node
// node-gyp that fetches no headers, and compiles only what changed: `rebuild`, which is all that prebuildify asks for,
// starts from nothing. It is a checkout's own, or npm's, as few users of the package need one.
// usage: as node-gyp's, from the package's folder
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** node-gyp's script; undefined where there is none. */
function find() {
  const path = join('node-gyp', 'bin', 'node-gyp.js');
  try {
    return createRequire(import.meta.url).resolve(path);
  } catch {
    // the one that npm tells its scripts, then that of the npm that came with this Node
    const npms = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'node_modules', path);
    return [process.env.npm_config_node_gyp, npms].find((each) => each !== undefined && existsSync(each));
  }
}

const nodeGyp = find();
if (nodeGyp === undefined) {
  console.error('latentcv: compiling the Node addon takes node-gyp, which npm has, but no npm was found');
  process.exit(1);
}
const headers = fileURLToPath(new URL('.', import.meta.url));
const [command, ...words] = process.argv.slice(2);
const options = [
  ...words,
  `--nodedir=${headers}`,
  '--force-process-config',
  `--jobs=${availableParallelism()}`,
];

for (const step of command === 'rebuild' ? ['configure', 'build'] : [command]) {
  const { status } = spawnSync(process.execPath, [nodeGyp, step, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
