import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignLines } from '../../../src/cli/words/index.js';
import type { CampaignRecord } from '../../../src/campaign/index.js';
import { budget, converged, oneState, running } from '../../fixtures/campaigns.js';

/** Lines below a heading, without what sets them in. */
function below(heading: string, record: CampaignRecord): string[] {
  const lines = campaignLines(record);
  const from = lines.indexOf(heading);
  if (from < 0) return [];
  const end = lines.indexOf('', from);
  return lines.slice(from + 1, end < 0 ? undefined : end).map((line) => line.slice(2));
}

test('the first lines tell how it stands and what was spent, by kind', () => {
  assert.deepEqual(campaignLines(converged).slice(0, 3), [
    'converged after 3 rounds',
    'simulated 92 ns: exploration 10 ns, pilots 22 ns (24 % of all), production 60 ns',
    '5 h 24 min of work in the steps that are done',
  ]);
  assert.equal(campaignLines(running)[0], 'running: round 2: pilots along 4 CVs');
  assert.equal(
    campaignLines(budget)[0],
    'the budget is spent after 2 rounds; missing: rounds; replicas; transitions',
  );
  assert.match(campaignLines(oneState)[0], /^no second state was found and returned from; missing: a second/);
  assert.equal(campaignLines({ ...running, steps: [], rounds: [] })[0], 'running');
});

test('steps are told with the one that runs, and one that failed', () => {
  const steps = below('steps', running);
  assert.equal(steps.length, running.steps.length);
  assert.match(steps[0], /^explore-1 +2 hot runs at 600 K +done +10 ns +43 min 20 s$/);
  assert.match(steps.at(-1)!, /^round-2-pilot +round 2: pilots along 4 CVs +running +8 ns$/);
  assert.match(below('steps', oneState)[1], /failed, 1 of 2 done/);
});

test('rounds are a table of what each tried, with why one was kept', () => {
  const rounds = below('rounds', converged);
  assert.match(rounds[0], /^round +CV +trained in +crossings +independent +per ns +behind the first +ns$/);
  assert.match(rounds[1], /^1 +tae-1 +round 1 +14 +14 +7 ± 1\.9 +2 +kept$/);
  assert.match(rounds[3], /^ +tae-3 +round 1 +0 +0 +below 1\.5 +3\.7 σ +2$/);
  assert.deepEqual(
    rounds.filter((line) => line.endsWith('kept')).map((line) => /tae-\d/.exec(line)![0]),
    ['tae-1', 'tae-5', 'tae-5'],
  );
  assert.equal(rounds.at(-1), 'round 3 kept tae-5: no new CV crosses more often by 2 σ (tae-7: 0.6 σ)');
  assert.equal(below('rounds', running).at(-1), 'round 2: no CV was tried yet');
});

test('ΔF is told of each round, of each replica and of all, with where it comes from', () => {
  const lines = below('free energies', converged);
  assert.deepEqual(lines.slice(0, 5), [
    'round 1 (round-1/production, 20 ns)',
    '  ΔF(C7ax − C7eq) 9.31 ± 0.52 kJ/mol, 47 transitions',
    '    round-1/production/replica-0/COLVAR: 8.84 ± 0.71 kJ/mol, 21 transitions',
    '    round-1/production/replica-1/COLVAR: 9.92 ± 0.78 kJ/mol, 26 transitions',
    '  at fixed CV the bias changed by 0.42 kT from half to half',
  ]);
  assert.equal(lines.at(-1), 'ΔF(C7ax − C7eq) of the campaign: 10.01 ± 0.21 kJ/mol (rounds 2, 3)');
});

test('a number without an error is told not to be determined', () => {
  const lines = below('free energies', budget);
  assert.equal(lines[1], '  ΔF(B − A) not determined (13.20 in its frames), 2 transitions');
  assert.match(lines[2], /replica-0\/COLVAR: not determined, 0 transitions$/);
  assert.equal(lines.at(-1), 'ΔF(B − A) of the campaign: not determined: one round alone has an error');
  const without: CampaignRecord = {
    ...converged,
    deltaFs: converged.deltaFs.map((each) => ({ ...each, error: null })),
  };
  assert.match(below('free energies', without).at(-1)!, /not determined \(10\.01 kJ\/mol in its frames\)/);
});

test('criteria are those of the last round that has any, met or missing', () => {
  assert.deepEqual(
    below('criteria', converged).map((line) => line.split(' ')[0]),
    ['met', 'met', 'met', 'met', 'met'],
  );
  assert.match(below('criteria', running)[0], /^missing +rounds +one round has a ΔF/);
  assert.match(below('criteria', budget)[3], /^met +quasi-static/);
});

test('exploration tells what was tried and whether a second state was found', () => {
  const [given, hot] = below('exploration', converged);
  assert.match(given, /^given +frames given +300 K +2 ns +0 crossings +no second state: one state alone/);
  assert.match(hot, /^explore-1 +hot +600 K +10 ns +9 crossings +a second state, returned from: both/);
  assert.match(below('exploration', oneState)[1], /crossings not counted/);
});

test('natural units have no ns and no kJ/mol', () => {
  const text = campaignLines(budget).join('\n');
  assert.doesNotMatch(text, /\bns\b|kJ\/mol|\d K\b/);
  assert.match(text, /simulated 21000 time units: .*production 10000 time units/);
  assert.match(text, /per 1000 time units/);
  assert.match(below('exploration', budget)[0], /kT = 2 +5000 time units/);
  assert.match(
    below('states', budget)[0],
    /basins of round-1\/models\/vamp-1\.onnx, printed as states\.node-0/,
  );
});

test('what there is nothing of has no heading', () => {
  const lines = campaignLines(oneState);
  for (const heading of ['rounds', 'free energies', 'criteria', 'states', 'notes'])
    assert.ok(!lines.includes(heading), heading);
});

test('what stopped a campaign is told at once', () => {
  const lines = campaignLines({ ...running, failure: 'round-2-pilot: no such file' });
  assert.equal(lines[1], 'it stopped: round-2-pilot: no such file');
  assert.doesNotMatch(campaignLines(running).join(), /it stopped/);
});
