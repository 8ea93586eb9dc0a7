import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findGromacs } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { cacheFolder, packageRoot } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { main } from './command.js';
import { timeProblems } from './folder-checks.js';
import { Cluster, until } from './slurm.js';
import { lastTime } from './tables.js';

/**
 * `npm run test:slurm`: the job script of docs/clusters.md under a Slurm of its own, through two walltimes and the death
 * of its node.
 */

const gromacs = await findGromacs();
const folder = temporaryFolder('slurm');
/** ps between rows of COLVAR, and between kernels. */
const [stride, pace] = [0.2, 1.006];
const input =
  'phi: TORSION ATOMS=5,7,9,15\nopes: OPES_METAD ARG=phi PACE=503 BARRIER=40 FILE=KERNELS\n' +
  'PRINT ARG=phi,opes.bias STRIDE=100 FILE=COLVAR FMT=%.12g\n';
const plumed = join(folder, 'biased.dat');
writeFileSync(plumed, input);

/** `latentcv` and `module` as a user has them in the job. */
function commands(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const scripts = { latentcv: `exec '${process.execPath}' '${main}' "$@"`, module: 'exit 0' };
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** Whole ps that take so many seconds here, by a short run. */
function picosecondsIn(seconds: number, tpr: string): number {
  const words = ['--tpr', tpr, '--plumed', plumed, '--folder', join(folder, 'speed'), '--length', '100ps'];
  const { stdout, stderr } = spawnSync(process.execPath, [main, 'run', ...words, '--json'], {
    encoding: 'utf8',
  });
  assert.match(stdout, /nanosecondsPerDay/, stderr);
  const { nanosecondsPerDay } = JSON.parse(stdout) as { nanosecondsPerDay: [number] };
  return Math.round((nanosecondsPerDay[0] * 1000 * seconds) / 86400);
}

const reachedTime = (): number => lastTime(join(folder, 'run', 'COLVAR'));

test('a chain of jobs goes through two walltimes and the death of its node: no time twice, none missing', async (t) => {
  const { tpr } = await prepareAlanine({
    ...{ gromacs: gromacs.executable, folder: join(folder, 'system') },
    ...{ temperature: 300, nanoseconds: 1, seed: 7 },
  });
  const length = picosecondsIn(180, tpr);
  t.diagnostic(`${length} ps`);
  const path = `${commands()}:${process.env.PATH}`;
  const cluster = await Cluster.start(join(cacheFolder(), 'slurm'), join(folder, 'cluster'), {
    ...process.env,
    PATH: path,
  });
  after(() => cluster.stop());

  // the script's own options are for a day's job; Slurm looks at limits every 30 s only, so the warning comes early
  const limits = { SBATCH_TIMELIMIT: '1', SBATCH_SIGNAL: 'B:USR1@20' };
  const words = ['--tpr', tpr, '--plumed', 'biased.dat', '--folder', 'run', '--length', `${length}ps`];
  const often = ['--checkpoint-minutes', '0.05', '--max-hours', '0.0125'];
  const script = join(packageRoot(), 'packaging', 'slurm', 'job.sh');
  cluster.submit(folder, ['--cpus-per-task=1', script, ...words, ...often], limits);

  try {
    await until('two jobs ended by their walltime', 300, () =>
      cluster.ended().length >= 2 ? true : undefined,
    );
    t.diagnostic(`two walltimes: ${reachedTime()} of ${length} ps`);
    const [reached, goal] = [reachedTime(), reachedTime() + 20];
    const job = await until('a third job at work', 60, () => {
      const running = [...cluster.jobs()].find(([, state]) => state === 'RUNNING')?.[0];
      return reachedTime() > goal ? running : undefined;
    });
    await cluster.killNode();
    const killed = reachedTime();
    t.diagnostic(`the node died at ${killed} ps, ${killed - reached} ps into its job`);
    assert.ok(killed < length, 'the run was over before its node died');
    await cluster.startNode();
    // Slurm holds a job of a dead node back for two minutes
    await until('the job in the queue again', 60, () =>
      cluster.jobs().get(job) === 'PENDING' ? true : undefined,
    );
    cluster.ask('scontrol', 'update', `JobId=${job}`, 'StartTime=now');
    await until('the end of the chain', 600, () => (cluster.jobs().size === 0 ? true : undefined));
  } finally {
    const said = readFileSync(join(folder, 'latentcv.log'), 'utf8').split('\n');
    for (const line of said.filter((line) => !line.startsWith('gromacs: '))) t.diagnostic(line);
    t.diagnostic(JSON.stringify(cluster.ended()));
  }

  const ended = cluster.ended();
  assert.ok(ended.some(({ state }) => state === 'NODE_FAIL'));
  assert.equal(
    ended.find(({ state }) => state === 'TIMEOUT'),
    undefined,
  );
  assert.equal(ended.filter(({ state }) => state === 'COMPLETED').length, 1);
  const problems = [
    ...timeProblems(join(folder, 'run', 'COLVAR'), { first: 0, every: stride, last: length }),
    ...timeProblems(join(folder, 'run', 'KERNELS'), { first: 10 * pace, every: pace, last: length }),
  ];
  assert.deepEqual(problems, []);
});
