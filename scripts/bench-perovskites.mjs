// npm run bench:perovskites: set-up, then properties of oxides by latents of several sizes beside other programs (long; it resumes).
// usage: node scripts/bench-perovskites.mjs [--quick] [--json] [--record] [--seeds N] [--splits N]
import { runBench } from './parts/bench.mjs';

await runBench('perovskites', 'bench:perovskites');
