// npm run bench:methods: set-up, then every method's CV in a biased run of alanine dipeptide (long; it resumes).
// usage: node scripts/bench-methods.mjs [--quick] [--json] [--record] [--length NS] [--seeds N] [--method NAME …]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('quickstart');
// a PLUMED compiled at -O3 by bench:step is four times as fast as the wheel's, and gives the same numbers
const optimized = join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
const env = existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {};
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist', 'bench', 'methods', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, ...env } },
);
process.exitCode = status ?? 1;
