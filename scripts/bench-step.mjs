// npm run bench:step: set-up (the first time PLUMED is compiled at -O3, about 15 CPU minutes), then the bench.
// usage: node scripts/bench-step.mjs [--quick] [--json] [--record] [--whole-run] [--network 45-64-32-2 …]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

const args = process.argv.slice(2);
await setUpOrExit(args.includes('--whole-run') ? 'bench:whole-run' : 'bench:step');
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist', 'bench', 'step', 'main.js'), ...args],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
