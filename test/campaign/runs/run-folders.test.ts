import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun, type BiasedRunOptions } from '../../../src/campaign/index.js';
import { findPlumed, pesmdEngine } from '../../../src/programs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

const plumed = await findPlumed();
const pesmd = 'nstep 500\ntstep 0.005\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nipos 0.5\n';
const well =
  'UNITS NATURAL\np: DISTANCE ATOMS=1,2 COMPONENTS\nv: CUSTOM ARG=p.x FUNC=2*x^2 PERIODIC=NO\nBIASVALUE ARG=v\n';
const print = 'PRINT ARG=p.x STRIDE=100 FILE=COLVAR\n';

function options(more: Partial<BiasedRunOptions> = {}): BiasedRunOptions {
  const engine = pesmdEngine({ input: pesmd, seeds: [1] });
  return { engine, plumed, input: well + print, folder: temporaryFolder('folders'), ...more };
}

test("a folder with another's input is refused each time, and stays as it is", async () => {
  const run = options();
  writeFileSync(join(run.folder, 'plumed.dat'), 'mine\n');
  for (let i = 0; i < 2; i++)
    await assert.rejects(biasedRun(run), { code: 'bad-argument', message: /another input than the run's/ });
  assert.equal(readFileSync(join(run.folder, 'plumed.dat'), 'utf8'), 'mine\n');
  assert.ok(!existsSync(join(run.folder, 'run.json')));
});

test('an included file is part of what a run is', async () => {
  const inputFolder = temporaryFolder('included');
  writeFileSync(join(inputFolder, 'print.dat'), print);
  const run = options({ input: `${well}INCLUDE FILE=print.dat\n`, inputFolder });
  await biasedRun(run);
  writeFileSync(join(inputFolder, 'print.dat'), print.replace('100', '50'));
  await assert.rejects(biasedRun(run), { code: 'bad-argument', message: /started with another/ });
});

test('what PLUMED writes into folders of its own finds them', async () => {
  const run = options({ input: well + print.replace('COLVAR', 'sub/deep/COLVAR') });
  await biasedRun(run);
  assert.ok(existsSync(join(run.folder, 'sub', 'deep', 'COLVAR')));
});

test('replicas that would write to one file are refused', async () => {
  const engine = pesmdEngine({ input: pesmd, seeds: [1, 2] });
  const place = temporaryFolder('shared');
  mkdirSync(join(place, 'a'));
  const shared = options({ engine, input: well + print.replace('COLVAR', join(place, 'COLVAR')) });
  await assert.rejects(biasedRun(shared), { code: 'plumed-input', message: /COLVAR is that of two/ });
  const apart = options({ engine, input: well + print.replace('COLVAR', join(place, 'COLVAR.{replica}')) });
  await biasedRun(apart);
  assert.ok(existsSync(join(place, 'COLVAR.1')));
});
