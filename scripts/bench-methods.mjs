// npm run bench:methods: set-up, then every method's CV on several systems: training, pilots, a biased run (long; it resumes).
// usage: node scripts/bench-methods.mjs [--quick] [--json] [--record] [--seeds N] [--system NAME …] [--method NAME …] [--kept]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './parts/bench.mjs';
import { cache } from './parts/paths.mjs';

// a PLUMED compiled at -O3 by bench:step is four times as fast as the wheel's, and gives the same numbers; or the one that the check has
const optimized =
  process.env.LATENTCV_OPTIMISED_PLUMED ?? join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
await runBench('methods', 'bench:methods', () =>
  existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {},
);
