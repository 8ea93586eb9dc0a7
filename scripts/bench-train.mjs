// npm run bench:train: set-up (the first time a download of 2.2 GB: PyTorch, mlcolvar), then the bench.
// usage: node scripts/bench-train.mjs [--quick] [--json] [--record] [--network S …] [--engine onnxruntime …]
import { runBench } from './parts/bench.mjs';

await runBench('train', 'bench:train');
