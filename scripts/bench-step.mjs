// npm run bench:step: set-up (the first time PLUMED is compiled at -O3, about 15 CPU minutes), then the bench.
// usage: node scripts/bench-step.mjs [--quick] [--json] [--record] [--whole-run|--water|--crystal] [--network 45-64-32-2 …]
import { benchArguments, runBench } from './parts/bench.mjs';

// --crystal times beside the PLUMED that LATENTCV_OPTIMISED_PLUMED names, where it does
const alone = benchArguments.includes('--crystal') && process.env.LATENTCV_OPTIMISED_PLUMED !== undefined;
const purpose = alone ? 'bench:crystal' : 'bench:step';
await runBench('step', benchArguments.includes('--whole-run') ? 'bench:whole-run' : purpose);
