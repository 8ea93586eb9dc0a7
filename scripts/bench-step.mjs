// npm run bench:step: set-up (the first time PLUMED is compiled at -O3, about 15 CPU minutes), then the bench.
// usage: node scripts/bench-step.mjs [--quick] [--json] [--record] [--whole-run] [--network 45-64-32-2 …]
import { benchArguments, runBench } from './parts/bench.mjs';

await runBench('step', benchArguments.includes('--whole-run') ? 'bench:whole-run' : 'bench:step');
