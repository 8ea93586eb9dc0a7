// npm run test:slurm: the job script of docs/clusters.md and campaigns under a Slurm of their own, which ends with each test (about 12
// minutes).
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
// one after the other: each measures how fast its node is
const results = ['slurm-chain', 'slurm-campaign'].map((name) =>
  runNodeTests([join('faults', `${name}.js`)], { name }),
);
const passed = results.reduce((sum, each) => sum + each.passed, 0);
const failed = results.reduce((sum, each) => sum + each.failed + each.skipped, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
