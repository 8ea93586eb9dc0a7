// npm run bench:descriptors: set-up (the first time PLUMED is compiled at -O3, about 15 CPU minutes), then the bench.
// usage: node scripts/bench-descriptors.mjs [--quick] [--json] [--record] [--case 1000-distances …]
import { runBench } from './parts/bench.mjs';

await runBench('descriptors', 'bench:descriptors');
