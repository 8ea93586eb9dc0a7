// npm run test:slurm: the job script of docs/clusters.md under a Slurm of its own, which ends with the test (about 6 minutes).
// usage: node scripts/test-slurm.mjs
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNodeTests } from './parts/node-tests.mjs';
import { cache } from './parts/paths.mjs';
import { setUpOrExit } from './setup.mjs';

process.env.ORT_DISABLE_TELEMETRY ??= '1';
const { missing } = await setUpOrExit('test:slurm');
if (missing.length > 0 || !existsSync(join(cache, 'slurm', 'bin', 'slurmctld'))) {
  console.error('error: this machine cannot have Slurm and GROMACS as set-up fetches them');
  process.exit(3);
}
const { passed, failed, skipped } = runNodeTests([join('faults', 'slurm-chain.js')], { name: 'slurm' });
console.log(`${passed} passed, ${failed + skipped} failed`);
process.exitCode = passed > 0 && failed + skipped === 0 ? 0 : 1;
