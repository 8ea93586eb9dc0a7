import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CampaignRecord } from '../../../../src/campaign/index.js';
import { readRunNotes } from '../../../../src/sampling/index.js';
import { packageRoot } from '../../../../src/support/folders.js';
import '../../../optimised-plumed.js';
import { temporaryFolder } from '../../../temporary-folder.js';
import { runCli } from '../../run-cli.js';

test('a campaign makes GROMACS run inputs of its own, at other temperatures and with seeds, and ends at its budget', async () => {
  const cwd = temporaryFolder('campaign-gromacs');
  cpSync(join(packageRoot(), 'examples', 'campaign-alanine'), cwd, { recursive: true });
  const path = join(cwd, 'campaign.yaml');
  const plan = readFileSync(path, 'utf8')
    .replace(/^explore: .*/m, 'explore: { temperatures: [700], length: 50ps, ways: [hot] }')
    .replace('lags: [10ps]', 'lags: [1ps]\n  methods: [pca]')
    .replace(/^budget: .*/m, 'budget: { nanoseconds: 1 }');
  writeFileSync(path, plan);
  const dry = runCli(['campaign', 'campaign.yaml', '--dry-run'], { cwd });
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, /by GROMACS at 300 K[^]*hot runs at 700 K[^]*2 × 6 ns/);
  assert.ok(!existsSync(join(cwd, 'campaign')));

  const { code, stderr } = runCli(['campaign', 'campaign.yaml'], { cwd });
  assert.equal(code, 4, stderr);
  const folder = join(cwd, 'campaign');
  const record = JSON.parse(readFileSync(join(folder, 'campaign.json'), 'utf8')) as CampaignRecord;
  const [hot] = record.exploration;
  assert.deepEqual([hot.way, hot.temperature, hot.folders.length], ['hot', 700, 2]);
  // pilots of 3 CVs, of 2 × 400 ps each, are beyond what is left
  assert.match(record.missing[0], /pilots along 3 CVs.* would take 2\.40 of the 0\.90 ns that are left of 1/);
  for (const run of hot.folders) {
    const notes = await readRunNotes(join(folder, run));
    assert.equal(notes?.temperature, 700);
    assert.ok(existsSync(join(folder, run, 'COLVAR')));
  }
  const seeds = [0, 1].map(
    (i) =>
      /^ld_seed\s*=\s*(\S+)/m.exec(
        readFileSync(join(folder, 'system', `explore-1.run-${i}.mdp`), 'utf8'),
      )?.[1],
  );
  assert.notEqual(seeds[0], seeds[1]);
});
