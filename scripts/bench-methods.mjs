// npm run bench:methods: set-up, then every method's CV in a biased run of alanine dipeptide (long; it resumes).
// usage: node scripts/bench-methods.mjs [--quick] [--json] [--record] [--length NS] [--seeds N] [--method NAME …]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './parts/bench.mjs';
import { cache } from './parts/paths.mjs';

// a PLUMED compiled at -O3 by bench:step is four times as fast as the wheel's, and gives the same numbers
const optimized = join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
await runBench('methods', 'quickstart', () =>
  existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {},
);
