// npm run compare:mdanalysis: set-up (MDAnalysis and the files of its tests, 190 MB), then latentcv and MDAnalysis on every
// one of them; exit code 1 where they differ and bench/mdanalysis/expected.ts has no reason why that is no fault.
// usage: node scripts/compare-mdanalysis.mjs [--json] [--record] [--only PART-OF-A-NAME]
import { runBench } from './parts/bench.mjs';

await runBench('mdanalysis', 'compare:mdanalysis');
