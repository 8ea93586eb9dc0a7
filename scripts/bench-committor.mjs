// npm run bench:committor: set-up, then the committor of alanine dipeptide held to shots from its frames (long; it resumes).
// usage: node scripts/bench-committor.mjs [--quick] [--json] [--record] [--length NS] [--frames N] [--shots N]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './parts/bench.mjs';
import { cache } from './parts/paths.mjs';

// as in bench:methods
const optimized = join(cache, 'plumed-o3', 'lib', 'libplumedKernel.so');
await runBench('committor', 'quickstart', () =>
  existsSync(optimized) && !process.env.PLUMED_KERNEL ? { PLUMED_KERNEL: optimized } : {},
);
