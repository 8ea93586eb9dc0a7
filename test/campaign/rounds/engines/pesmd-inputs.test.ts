import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { engineInputs, parsePlan } from '../../../../src/campaign/rounds/index.js';
import { temporaryFolder } from '../../../temporary-folder.js';

const plan = `
pesmd: {input: pesmd.in}
kT: 1
plumed: surface.dat
production: {length: 1000}
`;

test('a run of pesmd: temperature and steps in its input, and a length that a changed plan is known by', async () => {
  const folder = temporaryFolder('pesmd-inputs');
  const input = ['temperature 7', 'tstep 0.005', 'friction 2', 'nstep 3', 'ipos 0,0', 'idum 9', ''].join(
    '\n',
  );
  writeFileSync(join(folder, 'pesmd.in'), input);
  mkdirSync(join(folder, 'system'));
  const engine = engineInputs(parsePlan(plan, join(folder, 'campaign.yaml')), folder, { onNote: () => {} });
  const run = { name: 'hot', temperature: 3, seed: 10_100 };
  const words = await engine.prepare({ ...run, length: 250 });
  assert.deepEqual(words, ['--pesmd', 'system/hot.in', '--seeds', '10100', '--length', '250']);
  assert.deepEqual(
    readFileSync(join(folder, 'system', 'hot.in'), 'utf8')
      .split('\n')
      .sort(),
    ['', 'friction 2', 'ipos 0,0', 'nstep 50000', 'temperature 3', 'tstep 0.005'],
  );
  assert.notDeepEqual(await engine.prepare({ ...run, length: 500 }), words);
});
