#!/usr/bin/env node
// node-gyp that fetches no headers, and compiles only what changed: `rebuild`, which is all that prebuildify asks for,
// starts from nothing. usage: as node-gyp's, from the package's folder
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
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
