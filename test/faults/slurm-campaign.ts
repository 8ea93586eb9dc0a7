import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { CampaignRecord } from '../../src/campaign/index.js';
import { findGromacs } from '../../src/programs/index.js';
import { prepareAlanine } from '../../src/quickstart/systems/alanine-dipeptide.js';
import { muellerBrownPesmd, muellerBrownPlumed } from '../../src/quickstart/systems/mueller-brown.js';
import { batchJobIsOver } from '../../src/support/batch-job.js';
import { cacheFolder } from '../../src/support/folders.js';
import { temporaryFolder } from '../temporary-folder.js';
import { enginesIn, main } from './command.js';
import { timeProblems } from './folder-checks.js';
import { Cluster, until } from './slurm.js';
import { lastTime } from './tables.js';

/** `npm run test:slurm`: `latentcv campaign --scheduler slurm` under a Slurm of its own, on a node that dies, through walltimes. */

const gromacs = await findGromacs();
// its name has a blank, as people's folders have
const folder = join(temporaryFolder('slurm-campaign'), 'a place');
mkdirSync(folder);
let cluster: Cluster;

before(async () => {
  cluster = await Cluster.start(join(cacheFolder(), 'slurm'), join(folder, '..', 'cluster'), process.env);
  // for what this process asks Slurm itself
  Object.assign(process.env, cluster.env);
});
after(() => cluster.stop());
afterEach(async () => {
  cluster.ask('scancel', '--me');
  await untilOver(60);
});

/** A particle on the Müller–Brown surface: tasks of seconds. */
const plan = {
  pesmd: { input: 'pesmd.in' },
  kT: 1,
  plumed: 'plumed.dat',
  print: ['progress'],
  stride: 50,
  states: [{ basin: 'progress=-10..1.45', cores: 'progress=1.7..3,-2..0' }],
  training: { columns: 'f*', lags: [5], seeds: 2, options: { layers: '16', epochs: 20 } },
  bias: { barrier: 17, components: ['node-0'] },
  explore: { temperatures: [3], length: 500 },
  pilots: { length: 200 },
  production: { length: 1500 },
  budget: { rounds: 2 },
  // all of the node's memory by default: one task at a time
  slurm: { time: '10', warning: 60, options: ['--mem=300'] },
};

/** A folder with the inputs, and a campaign's file. */
function written(name: string, what: object): string {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'pesmd.in'), muellerBrownPesmd({ temperature: 1, steps: 1000, seed: 1 }));
  writeFileSync(join(place, 'plumed.dat'), muellerBrownPlumed(50));
  writeFileSync(join(place, 'plan.yaml'), stringify(what));
  return place;
}

/** What a person gives on the login node, and what it answers. */
function given(place: string, ...words: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'campaign', 'plan.yaml', ...words], {
    ...{ cwd: place, encoding: 'utf8' },
    env: { ...cluster.env, DEBUG: '' },
  });
  return { status, said: stdout + stderr };
}

const submitted = (place: string): { status: number | null; said: string } =>
  given(place, '--scheduler', 'slurm');

const recordOf = (campaign: string): CampaignRecord =>
  JSON.parse(readFileSync(join(campaign, 'campaign.json'), 'utf8')) as CampaignRecord;

/** Jobs of a step that wait or run; each task of an array by itself. */
const jobsOf = (step: string, state: string): string[] =>
  cluster
    .ask('squeue', '--noheader', '--array', '--format=%i %T %j')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, is, name]) => is === state && name === `latentcv.${step}`)
    .map(([job]) => job);

/** Arrays and jobs in the queue. */
const numbers = (): string[] => [...new Set([...cluster.jobs().keys()].map((job) => job.split('_')[0]))];

/** How often jobs of each step ended so. */
function endedSince(count: number, state: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const ended of cluster.ended().slice(count))
    if (ended.state === state) found[ended.name] = (found[ended.name] ?? 0) + 1;
  return found;
}

const untilOver = (seconds: number): Promise<boolean> =>
  until('an empty queue', seconds, () => (cluster.jobs().size === 0 ? true : undefined));

/** The locks below a folder. */
const locksIn = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lock'));

/** As if who holds them were on a node that cannot be looked at. */
function holdElsewhere(place: string, locks: readonly string[]): void {
  for (const name of locks) {
    const path = join(place, name);
    const holder = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...holder, host: 'elsewhere' }));
    utimesSync(path, new Date(), new Date());
  }
}

function tell(t: TestContext, campaign: string, began: number): void {
  t.diagnostic(JSON.stringify(cluster.ended().slice(began)));
  t.diagnostic(readFileSync(join(campaign, 'campaign.log'), 'utf8'));
}

test('a node dies in a production, the command is given again: each step once, with what a campaign without Slurm finds', async (t) => {
  const place = written('nodes', plan);
  const campaign = join(place, 'plan');
  const replicas = [0, 1].map((i) => join(campaign, 'round-1', 'production', `replica-${i}`));
  const first = submitted(place);
  assert.equal(first.status, 0, first.said);
  assert.match(first.said, /explore-1: 2 tasks are job (\d+) of Slurm; job \d+ goes on/);
  const meanwhile = submitted(place);
  assert.equal(meanwhile.status, 0, meanwhile.said);
  assert.match(meanwhile.said, /^(explore-1: job|job) \d+ of Slurm/);
  const without = given(place);
  assert.equal(without.status, 1, without.said);
  assert.match(without.said, /is worked on by Slurm: /);
  try {
    await until('a production at work', 300, () =>
      replicas.every((replica) => lastTime(join(replica, 'COLVAR')) > 20) ? true : undefined,
    );
    const [running] = jobsOf('round-1.production', 'RUNNING');
    assert.equal(await batchJobIsOver({ id: running, restarts: 0 }), false);
    assert.equal(await batchJobIsOver({ id: '4711', restarts: 0 }), true);
    await cluster.killNode();
    const left = locksIn(campaign);
    assert.equal(left.length, 2, left.join(' '));
    holdElsewhere(campaign, left);
    await cluster.startNode();
    const again = await until('both tasks in the queue again', 60, () => {
      const pending = jobsOf('round-1.production', 'PENDING');
      return pending.length === 2 ? pending : undefined;
    });
    assert.equal(await batchJobIsOver({ id: running, restarts: 0 }), true);
    const jobs = numbers();
    const dead = submitted(place);
    assert.equal(dead.status, 0, dead.said);
    assert.match(dead.said, /0 of 2 tasks running, 2 waiting; job \d+ goes on/);
    assert.deepEqual(numbers(), jobs);
    for (const job of again) cluster.ask('scontrol', 'update', `JobId=${job}`, 'StartTime=now');
    await untilOver(900);
  } finally {
    tell(t, campaign, 0);
  }
  const step = (name: string): string => `latentcv.${name}`;
  assert.deepEqual(endedSince(0, 'NODE_FAIL'), { [step('round-1.production')]: 2 });
  // the job behind the last array tells of the budget: exit code 4
  assert.deepEqual(endedSince(0, 'FAILED'), { [step('campaign')]: 1 });
  assert.deepEqual(endedSince(0, 'COMPLETED'), {
    ...{ [step('explore-1')]: 2, [step('campaign')]: 6 },
    ...{ [step('round-1.train')]: 2, [step('round-1.pilots')]: 2, [step('round-1.production')]: 2 },
    ...{ [step('round-2.train')]: 2, [step('round-2.pilots')]: 3, [step('round-2.production')]: 2 },
  });
  const here = written('local', plan);
  const alone = given(here);
  assert.equal(alone.status, 4, alone.said);
  const [one, other] = [recordOf(join(here, 'plan')), recordOf(campaign)];
  assert.deepEqual(
    other.steps.map(({ name, tasks }) => [name, tasks.map(({ command }) => command)]),
    one.steps.map(({ name, tasks }) => [name, tasks.map(({ command }) => command)]),
  );
  for (const key of ['exploration', 'rounds', 'deltaFs', 'outcome', 'missing', 'failure'] as const)
    assert.deepEqual(other[key], one[key], key);
  assert.equal(other.outcome, 'budget');
  assert.deepEqual(locksIn(campaign), []);
  assert.deepEqual(cluster.processesOfJobs(), []);
});

test('a failure ends the chain and is told; mended it goes on, and ends once more where no job gets further', async (t) => {
  const wrong = {
    ...plan,
    print: ['progress', 'nowhere'],
    explore: { temperatures: [3], runs: 1, length: 1e6 },
  };
  const place = written('wrong', wrong);
  const campaign = join(place, 'plan');
  const began = cluster.ended().length;
  assert.equal(submitted(place).status, 0);
  await untilOver(60);
  const status = given(place, '--status');
  assert.match(status.said, /none of its jobs waits or runs/);
  assert.match(status.said, /explore-1\.run-0: .*nowhere/);
  assert.deepEqual(endedSince(began, 'FAILED'), { 'latentcv.explore-1': 1, 'latentcv.campaign': 1 });
  assert.equal(recordOf(campaign).steps[0].tasks[0].state, 'failed');

  written('wrong', { ...wrong, print: ['progress'] });
  // a run's folder stays with its input
  rmSync(join(campaign, 'explore-1'), { recursive: true });
  const mended = submitted(place);
  assert.equal(mended.status, 0, mended.said);
  const since = cluster.ended().length;
  // pesmd has no checkpoints: where its time is not enough for all of it, it starts over
  const seen = new Set<string>();
  try {
    for (let job = 1; job <= 3; job++) {
      const running = await until(`job ${job} at work`, 60, () => {
        const [found] = jobsOf('explore-1', 'RUNNING');
        const run = join(campaign, 'explore-1', 'run-0');
        const works = existsSync(run) && enginesIn(run).length > 0;
        return found !== undefined && works && !seen.has(found) ? found : undefined;
      });
      seen.add(running);
      cluster.ask('scancel', '--signal=USR1', '--batch', running);
      if (job > 1) continue;
      await until('the job that goes on', 60, () => jobsOf('campaign', 'RUNNING').at(0));
      await cluster.stopController();
      await pause(15_000);
      await cluster.startController();
    }
    await untilOver(60);
  } finally {
    tell(t, campaign, since);
  }
  assert.match(
    given(place, '--status').said,
    /explore-1\.run-0: 3 jobs of 10 have ended before it got further/,
  );
  assert.deepEqual(endedSince(since, 'FAILED'), { 'latentcv.explore-1': 3, 'latentcv.campaign': 1 });
  assert.deepEqual(endedSince(since, 'COMPLETED'), { 'latentcv.campaign': 2 });
  assert.deepEqual(cluster.processesOfJobs(), []);
});

test('GROMACS goes on from its checkpoints: through a walltime, and behind scancel', async (t) => {
  const system = await prepareAlanine({
    ...{ gromacs: gromacs.executable, folder: join(folder, 'system') },
    ...{ temperature: 300, nanoseconds: 1, seed: 7 },
  });
  const length = picosecondsIn(40, system.tpr);
  t.diagnostic(`${length} ps`);
  const place = join(folder, 'walltime');
  mkdirSync(place);
  writeFileSync(
    join(place, 'plumed.dat'),
    'phi: TORSION ATOMS=5,7,9,15\npsi: TORSION ATOMS=7,9,15,17\nPRINT ARG=phi,psi STRIDE=500 FILE=COLVAR\n',
  );
  const { folder: at, structure } = system;
  writeFileSync(
    join(place, 'plan.yaml'),
    stringify({
      gromacs: { mdp: join(at, 'run.mdp'), structure, topology: join(at, 'topol.top') },
      temperature: 300,
      plumed: 'plumed.dat',
      print: ['phi', 'psi'],
      states: [{ basin: 'phi=0..2.3' }],
      training: { columns: 'phi,psi', lags: [5], seeds: 1, options: { layers: '8', epochs: 5 } },
      bias: { barrier: 40 },
      explore: { ways: ['hot'], temperatures: [600], runs: 1, length },
      production: { length },
      budget: { nanoseconds: (1.01 * length) / 1000 },
      // Slurm looks at limits every 30 s only, so the warning comes early
      slurm: { time: '1', warning: 20 },
    }),
  );
  const campaign = join(place, 'plan');
  const run = join(campaign, 'explore-1', 'run-0');
  const reached = (): number => lastTime(join(run, 'COLVAR'));
  const began = cluster.ended().length;
  const first = submitted(place);
  assert.equal(first.status, 0, first.said);
  try {
    await until('the end of a walltime', 120, () =>
      cluster.ended().slice(began).length >= 2 ? true : undefined,
    );
    const stopped = reached();
    t.diagnostic(`a walltime: ${stopped} of ${length} ps`);
    assert.ok(stopped > 0 && stopped < length);
    await until('a second job at work', 60, () => (reached() > stopped + 20 ? true : undefined));
    cluster.ask('scancel', ...cluster.jobs().keys());
    await untilOver(60);
    const cancelled = reached();
    t.diagnostic(`cancelled at ${cancelled} ps`);
    assert.ok(cancelled < length);
    const again = submitted(place);
    assert.equal(again.status, 0, again.said);
    await untilOver(240);
  } finally {
    tell(t, campaign, began);
    t.diagnostic(readFileSync(join(campaign, 'steps', 'explore-1.run-0.log'), 'utf8'));
  }
  const log = readFileSync(join(campaign, 'steps', 'explore-1.run-0.log'), 'utf8');
  const stops = [endedSince(began, 'FAILED'), endedSince(began, 'CANCELLED')].map(
    (each) => each['latentcv.explore-1'],
  );
  assert.ok(stops[0] >= 1 && stops[1] === 1);
  assert.equal(log.match(/stopping in good order/g)?.length, stops[0] + stops[1]);
  assert.doesNotMatch(log, /interrupted again/);
  assert.equal(endedSince(began, 'TIMEOUT')['latentcv.explore-1'], undefined);
  assert.deepEqual(timeProblems(join(run, 'COLVAR'), { first: 0, every: 1, last: length }), []);
  // whether so short a run finds a second state is chance
  assert.match(recordOf(campaign).missing.join(), /would take .* that are left of/);
  assert.deepEqual(cluster.processesOfJobs(), []);
});

/** Whole ps that take so many seconds here, by a short run. */
function picosecondsIn(seconds: number, tpr: string): number {
  const words = ['--tpr', tpr, '--folder', join(folder, 'speed'), '--length', '100ps', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, [main, 'run', ...words], { encoding: 'utf8' });
  assert.match(stdout, /nanosecondsPerDay/, stderr);
  const { nanosecondsPerDay } = JSON.parse(stdout) as { nanosecondsPerDay: [number] };
  return Math.round((nanosecondsPerDay[0] * 1000 * seconds) / 86400);
}
