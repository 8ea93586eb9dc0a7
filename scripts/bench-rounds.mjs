// npm run bench:rounds: set-up, then a second CV from hot frames and biased ones, beside the first (long; it resumes).
// usage: node scripts/bench-rounds.mjs [--quick] [--json] [--record] [--length NS] [--seeds N]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './parts/bench.mjs';
import { cache } from './parts/paths.mjs';

// as in bench:methods
const optimized = join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
await runBench('rounds', 'quickstart', () =>
  existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {},
);
