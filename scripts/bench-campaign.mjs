// npm run bench:campaign: set-up, then campaigns from beginning to end against references (long; it resumes).
// usage: node scripts/bench-campaign.mjs [--quick] [--json] [--record] [--seeds N] [--system NAME …]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './parts/bench.mjs';
import { cache } from './parts/paths.mjs';

// as in bench:methods; or the one that the check has
const optimized =
  process.env.LATENTCV_OPTIMISED_PLUMED ?? join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
await runBench('campaign', 'quickstart', () =>
  existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {},
);
