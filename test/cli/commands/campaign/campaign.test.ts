import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignRecord } from '../../../../src/campaign/index.js';
import { exactDeltaF } from '../../../../src/free-energy/index.js';
import '../../../optimised-plumed.js';
import { temporaryFolder } from '../../../temporary-folder.js';
import { main } from '../../../faults/command.js';
import { runCli } from '../../run-cli.js';

// A particle in two dimensions, 7 kT along x with one side lower, and none along y.

const cwd = temporaryFolder('campaign-command');
const energy = (x: number, y: number): number => 7 * (x * x - 1) ** 2 + 0.4 * x + 8 * y * y;
const surface = `UNITS NATURAL
p: DISTANCE ATOMS=1,2 COMPONENTS
v: CUSTOM ARG=p.x,p.y FUNC=7*(x^2-1)^2+0.4*x+8*y^2 PERIODIC=NO
pot: BIASVALUE ARG=v
PRINT ARG=p.x FILE=OWN STRIDE=100
`;
const pesmd =
  'tstep 0.01\ntemperature 1\nfriction 2\ndimension 2\nperiodic false\nipos -1.0,0.0\nplumed plumed.dat\n';

const plan = `
pesmd: {input: pesmd.in}
kT: 1
plumed: surface.dat
stride: 20
states: [{basin: 'p.x=0..10', cores: 'p.x=-1.5..-0.7,0.7..1.5'}]
print: [p.x]
training: {columns: 'p.x,p.y', methods: [pca], latent: 1, seeds: 2, lags: [1]}
bias: {barrier: 9, pace: 100}
explore: {temperatures: [3], length: 300}
production: {length: 800}
budget: {nanoseconds: 20, rounds: 3}
`;

before(() => {
  writeFileSync(join(cwd, 'surface.dat'), surface);
  writeFileSync(join(cwd, 'pesmd.in'), pesmd);
  writeFileSync(join(cwd, 'campaign.yaml'), plan);
});

const recordOf = (folder: string): CampaignRecord =>
  JSON.parse(readFileSync(join(cwd, folder, 'campaign.json'), 'utf8')) as CampaignRecord;

/** What of a record does not tell of the clock. */
const cameOf = ({ rounds, deltaFs, outcome, exploration, nanoseconds, notes }: CampaignRecord): unknown => ({
  ...{ rounds, deltaFs, outcome, exploration, nanoseconds, notes },
});

test('a campaign goes from one state to a free energy, and ends by itself', () => {
  const { code, stdout, stderr } = runCli(['campaign', 'campaign.yaml', '--json'], { cwd });
  assert.equal(code, 0, stderr);
  const told = JSON.parse(stdout) as CampaignRecord;
  assert.deepEqual(told, recordOf('campaign'));
  assert.equal(told.outcome, 'converged');
  assert.deepEqual(told.missing, []);
  const [hot] = told.exploration;
  assert.deepEqual([hot.way, hot.temperature, hot.found], ['hot', 3, true]);
  assert.ok(hot.crossings! >= 2);
  const last = told.rounds.at(-1)!;
  assert.ok(last.criteria.length === 5 && last.criteria.every(({ met }) => met));
  // the round that found no better CV keeps the one before it
  assert.ok(last.round >= 2 && last.kept!.round < last.round);
  const [{ value, error, rounds }] = told.deltaFs;
  assert.equal(rounds.length, 2);
  const exact = exactDeltaF(energy, { x: [-3, 3], y: [-4, 4] }, 1, (x) => x > 0);
  assert.ok(Math.abs(value! - exact) < 3 * error!, `${value} ± ${error}, exact ${exact}`);
  const { all, explore, pilots, production } = told.nanoseconds;
  assert.ok(Math.abs(all - explore - pilots - production) < 1e-9);
  assert.ok(pilots <= all / 3);
  assert.match(told.notes.join(), /PRINT is left out/);
  // the frames of productions weigh by their bias, beside those of a run on the surface alone
  const log = readFileSync(join(cwd, 'campaign', 'steps', 'round-2.train-r2-s1.log'), 'utf8');
  assert.match(log, /bias: opes\.bias/);
});

test('given again, a campaign that is done does nothing and tells the same; --status as well', () => {
  const file = join(cwd, 'campaign', 'round-1', 'production', 'replica-0', 'COLVAR');
  const [written, record] = [statSync(file).mtimeMs, recordOf('campaign')];
  const again = runCli(['campaign', 'campaign.yaml', '--json'], { cwd });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(statSync(file).mtimeMs, written);
  assert.deepEqual(cameOf(JSON.parse(again.stdout) as CampaignRecord), cameOf(record));
  const status = runCli(['campaign', 'campaign.yaml', '--status', '--json'], { cwd });
  assert.deepEqual(JSON.parse(status.stdout), recordOf('campaign'));
});

test('killed twice, and at its budget once, a campaign comes to the same result', async () => {
  // one round and pilots of the second
  writeFileSync(join(cwd, 'small.yaml'), plan.replace('nanoseconds: 20', 'nanoseconds: 2.9'));
  await killed('small.yaml', 'round-1.pilots-r1-s1.process');
  const small = runCli(['campaign', 'small.yaml', '--folder', 'killed'], { cwd });
  assert.equal(small.code, 4, small.stderr);
  const record = recordOf('killed');
  assert.equal(record.outcome, 'budget');
  assert.match(record.missing[0], /would take .* of the .* that are left of 2.9/);
  assert.match(record.missing.join(), /one round alone/);
  assert.ok(record.nanoseconds.all <= 2.9);
  await killed('campaign.yaml', 'round-2.production-0.process');
  assert.equal(existsSync(join(cwd, 'killed', 'steps', 'round-2.fes-0.json')), false);
  const { code, stderr } = runCli(['campaign', 'campaign.yaml', '--folder', 'killed'], { cwd });
  assert.equal(code, 0, stderr);
  assert.deepEqual(cameOf(recordOf('killed')), cameOf(recordOf('campaign')));
});

/** Ends a campaign, as a power cut does, a moment after one of its commands has begun. */
async function killed(file: string, marker: string): Promise<void> {
  const child = spawn(process.execPath, [main, 'campaign', file, '--folder', 'killed'], {
    cwd,
    stdio: 'ignore',
  });
  const path = join(cwd, 'killed', 'steps', marker);
  while (!existsSync(path)) {
    assert.equal(child.exitCode, null, `${file} was over before ${marker}`);
    await pause(20);
  }
  await pause(300);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
}

test('from one state EXPLORE leads to the other and back; then a budget is over, of nanoseconds or of hours', () => {
  const mixed = 'u: CUSTOM ARG=p.x,p.y FUNC=x+0.1*y PERIODIC=NO\npot';
  writeFileSync(join(cwd, 'steep.dat'), surface.replace('FUNC=7', 'FUNC=9').replace('pot', mixed));
  const steep = plan
    .replace(/explore: .*/, 'explore: {ways: [explore], length: 500, runs: 1}')
    .replace('surface', 'steep')
    .replace('[p.x]', '[p.x, u]')
    .replace('p.x,p.y', 'p.x,u');
  const endsAt = (budget: string): CampaignRecord => {
    writeFileSync(join(cwd, 'explore.yaml'), steep.replace('nanoseconds: 20', budget));
    const words = ['campaign', 'explore.yaml', '--folder', 'explore', '--json'];
    const { code, stdout, stderr } = runCli(words, { cwd });
    assert.equal(code, 4, stderr);
    return JSON.parse(stdout) as CampaignRecord;
  };
  // a run without a bias, and explorations, each of which may go a fifth farther than the frames before it
  const { exploration, outcome, missing } = endsAt('nanoseconds: 2.6');
  const [first, ...others] = exploration;
  assert.deepEqual([first.way, first.temperature, first.found], ['hot', 1, false]);
  assert.ok(others.length > 1 && others.every(({ way }) => way === 'explore'));
  assert.deepEqual(
    others.map(({ found }) => found),
    others.map((_, i) => i === others.length - 1),
  );
  assert.ok(others.at(-1)!.crossings! >= 2);
  assert.equal(outcome, 'budget');
  assert.match(missing[0], /would take .* of the .* thousand time units that are left of 2.6/);
  assert.match(endsAt('hours: 0.000001').missing[0], /hours are over before/);
});

test('a campaign that has begun is not another one', () => {
  writeFileSync(join(cwd, 'other.yaml'), plan.replace('barrier: 9', 'barrier: 8'));
  const { code, stderr } = runCli(['campaign', 'other.yaml', '--folder', 'campaign'], { cwd });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /expected the inputs that the campaign in .* was begun with, but bias has changed[^]*another folder/,
  );
  writeFileSync(join(cwd, 'surface.dat'), surface.replace('0.4*x', '0.5*x'));
  const changed = runCli(['campaign', 'campaign.yaml'], { cwd });
  writeFileSync(join(cwd, 'surface.dat'), surface);
  assert.equal(changed.code, 2);
  assert.match(changed.stderr, /but .*surface\.dat has changed/);
});

test('a command that fails is told with its words, and tried again', () => {
  const folder = join(cwd, 'wrong');
  writeFileSync(join(cwd, 'wrong.yaml'), plan.replace("columns: 'p.x,p.y'", "columns: 'p.x,nowhere'"));
  for (let time = 0; time < 2; time++) {
    const { code, stderr } = runCli(['campaign', 'wrong.yaml'], { cwd });
    assert.equal(code, 1);
    assert.match(stderr, /explore-1\.run-[01]: [^]*nowhere[^]*steps\/explore-1\.run-[01]\.log/);
    const { state } = recordOf('wrong')
      .steps.at(-1)!
      .tasks.find((task) => task.state === 'failed')!;
    assert.equal(state, 'failed');
  }
  assert.ok(existsSync(folder));
  // nothing was done, so that the file may be mended where it is; a run's folder stays with its input
  rmSync(join(folder, 'explore-1'), { recursive: true });
  writeFileSync(join(cwd, 'wrong.yaml'), plan.replace('nanoseconds: 20', 'nanoseconds: 0.6'));
  const { code, stderr } = runCli(['campaign', 'wrong.yaml'], { cwd });
  assert.equal(code, 4, stderr);
});

test('what does not fit is refused before anything is written', () => {
  const refusals: readonly [string[], number, RegExp][] = [
    [['campaign'], 2, /expected the file of a campaign/],
    [['campaign', 'nowhere.yaml'], 2, /nowhere\.yaml/],
    [['campaign', 'surface.dat'], 1, /surface\.dat: /],
    [['campaign', 'campaign.yaml', '--status', '--folder', 'none'], 2, /expected a campaign in .*none/],
  ];
  for (const [words, code, message] of refusals) {
    const refused = runCli(words, { cwd });
    assert.equal(refused.code, code, refused.stderr);
    assert.match(refused.stderr, message);
  }
  writeFileSync(join(cwd, 'lost.yaml'), plan.replace('pesmd.in', 'lost.in'));
  const lost = runCli(['campaign', 'lost.yaml'], { cwd });
  assert.equal(lost.code, 2);
  assert.match(lost.stderr, /lost\.in/);
  assert.ok(!existsSync(join(cwd, 'lost', 'campaign.json')));
});

test('a dry run tells what would be done and does nothing', () => {
  mkdirSync(join(cwd, 'elsewhere'));
  const { code, stdout, stderr } = runCli(['campaign', 'campaign.yaml', '--dry-run', '--folder', 'dry'], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /hot runs at kT = 3[^]*2 CVs trained[^]*production 2 × 800 time units[^]*pilots take \d+ %/,
  );
  assert.ok(!existsSync(join(cwd, 'dry')));
});

test('a dry run refuses a file that is not there, and tells lengths in the units of the run', () => {
  writeFileSync(join(cwd, 'nowhere.yaml'), plan.replace('surface.dat', 'nowhere.dat'));
  const missing = runCli(['campaign', 'nowhere.yaml', '--dry-run'], { cwd });
  assert.equal(missing.code, 2, missing.stderr);
  assert.match(missing.stderr, /an input of the campaign .*nowhere\.dat: there is no such file/);
  writeFileSync(join(cwd, 'long.yaml'), `${plan}pilots: {length: 800}\n`);
  const long = runCli(['campaign', 'long.yaml', '--dry-run'], { cwd });
  assert.match(long.stderr, /pilots of 1\.6 thousand time units .* at most a third of both/);
});
