// npm run bench:train: set-up (the first time a download of 2.2 GB: PyTorch, mlcolvar), then the bench.
// usage: node scripts/bench-train.mjs [--quick] [--json] [--record] [--network S …] [--engine onnxruntime …]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('bench:train');
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(root, 'dist', 'bench', 'train', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
