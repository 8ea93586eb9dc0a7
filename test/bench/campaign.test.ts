import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parsePlan } from '../../src/campaign/index.js';
import { columnValues, readTables } from '../../src/frames/index.js';
import { findPlumed, runPesmd } from '../../src/programs/index.js';
import { muellerBrownPlumed } from '../../src/quickstart/systems/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { doubleProcessEnergy, doubleProcessPlumed } from '../../bench/campaign/double-process-surface.js';
import { fromExample } from '../../bench/campaign/example-plan.js';
import { doubleProcess } from '../../bench/campaign/double-process.js';
import { muellerBrown } from '../../bench/campaign/mueller-brown.js';
import { campaignTables, offBy } from '../../bench/campaign/report.js';
import type { CampaignRow } from '../../bench/campaign/run-campaign.js';
import { temporaryFolder } from '../temporary-folder.js';

const examples = readdirSync(join(packageRoot(), 'examples')).filter((name) => name.startsWith('campaign-'));
const textOf = (name: string, file: string): string =>
  readFileSync(join(packageRoot(), 'examples', name, file), 'utf8');

test('the campaigns of the examples are plans', () => {
  assert.deepEqual(examples.sort(), [
    'campaign-alanine',
    'campaign-double-process',
    'campaign-mueller-brown',
  ]);
  for (const name of examples) {
    const plan = parsePlan(
      textOf(name, 'campaign.yaml'),
      join(packageRoot(), 'examples', name, 'campaign.yaml'),
    );
    assert.ok(plan.states.length > 0, name);
  }
});

test('the surfaces of the examples are those that the references are of', () => {
  const withoutPrint = muellerBrownPlumed().replace(/^PRINT.*\n/m, '');
  assert.equal(textOf('campaign-mueller-brown', 'surface.dat'), withoutPrint);
  assert.equal(textOf('campaign-double-process', 'surface.dat'), doubleProcessPlumed('x'));
});

test('a plan of an example with other settings is a plan, with its inputs beside it', () => {
  const folder = temporaryFolder('campaign-plan');
  fromExample('campaign-double-process', folder, {
    production: { length: 10 },
    pilots: { length: 1 },
    kT: 2,
  });
  const file = join(folder, 'campaign.yaml');
  const plan = parsePlan(readFileSync(file, 'utf8'), file);
  assert.equal(plan.production.length, 10);
  assert.equal(plan.production.replicas, 2);
  assert.equal(plan.temperature, 2);
  assert.equal(readFileSync(plan.plumed!, 'utf8'), doubleProcessPlumed('x'));
});

for (const slow of ['x', 'y'] as const)
  test(`double process, slow along ${slow}: PLUMED's energy is the one that is integrated`, async () => {
    const folder = temporaryFolder('double-process');
    const print = 'PRINT ARG=p.x,p.y,v STRIDE=20 FILE=COLVAR FMT=%.10f\n';
    writeFileSync(join(folder, 'plumed.dat'), doubleProcessPlumed(slow) + print);
    const input = textOf('campaign-double-process', 'pesmd.in').replace(/^nstep .*$/m, 'nstep 2000');
    writeFileSync(join(folder, 'pesmd.in'), input);
    await runPesmd({ plumed: await findPlumed(), cwd: folder, input: join(folder, 'pesmd.in') });
    const frames = await readTables(join(folder, 'COLVAR'));
    const [x, y, v] = ['p.x', 'p.y', 'v'].map((column) => columnValues(frames, column));
    const energy = doubleProcessEnergy(slow);
    assert.equal(frames.frames, 101);
    x.forEach((at, i) => assert.ok(Math.abs(energy(at, y[i]) - v[i]) < 1e-7, `${at} ${y[i]}: ${v[i]}`));
  });

const row: CampaignRow = {
  system: 'mueller-brown',
  seed: 1,
  deltaF: 5.19,
  error: 0.25,
  reference: 5.69,
  referenceError: 0,
  nanoseconds: 40,
  crossings: 60,
  bestOfTen: 100,
  outcome: 'converged',
  rounds: 2,
  hours: 0.05,
  missing: [],
};

test('a campaign is off by so many errors, its own and the reference’s together', () => {
  assert.ok(Math.abs(offBy(row)! - 2) < 1e-9);
  assert.ok(Math.abs(offBy({ ...row, error: 0.3, referenceError: 0.4 })! - 1) < 1e-9);
  assert.equal(offBy({ ...row, error: null }), undefined);
});

test('what is counted below a table: campaigns, of which every question has to be right', () => {
  const two = [
    { ...row, system: 'double-process', question: 'x', bestOfTen: null },
    { ...row, system: 'double-process', question: 'y', bestOfTen: null, deltaF: 4.9 },
  ];
  const tables = campaignTables(
    [muellerBrown, doubleProcess],
    [
      row,
      {
        ...row,
        seed: 2,
        deltaF: null,
        error: null,
        crossings: 49,
        outcome: 'budget',
        missing: ['transitions'],
      },
      ...two,
    ],
  );
  assert.match(
    tables,
    /^\| 1 \| 5\.19 ± 0\.25 \| 5\.69 \| 2\.0 \| 40\.0 \| 60, 100 \| 2 \| converged \| 3 \|$/m,
  );
  assert.match(tables, /^\| 2 \| not determined \| .* \| 49, 100 \| 2 \| budget: transitions \| 3 \|$/m);
  const counts = [...tables.matchAll(/^- .*: (\d+ of \d+)$/gm)].map(([, count]) => count);
  assert.deepEqual(counts, ['1 of 2', '1 of 2', '1 of 2', '0 of 1', '0 of 1']);
});
