import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun, type BiasedRunOptions } from '../../../src/campaign/index.js';
import { readTables } from '../../../src/frames/index.js';
import { readRunNotes, temperatureOf } from '../../../src/sampling/index.js';
import { packageVersion } from '../../../src/support/version.js';
import { findPlumed, pesmdEngine } from '../../../src/programs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';
import type { RunProgress } from '../../../src/programs/index.js';

const plumed = await findPlumed();
const pesmd = {
  input:
    'nstep 5000\ntstep 0.005\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nipos 0.5\nidum 9\n',
  seeds: [1],
  colvar: 'COLVAR',
};
const engine = pesmdEngine(pesmd);
// A particle in a harmonic well, biased: natural units, so that TEMP is kT.
const input =
  'UNITS NATURAL\np: DISTANCE ATOMS=1,2 COMPONENTS\nv: CUSTOM ARG=p.x FUNC=2*x^2 PERIODIC=NO\nBIASVALUE ARG=v\n' +
  'opes: OPES_METAD ARG=p.x PACE=50 BARRIER=5 TEMP=1\nPRINT ARG=p.x,opes.bias STRIDE=100 FILE=COLVAR\n';

function options(more: Partial<BiasedRunOptions> = {}): BiasedRunOptions {
  return { engine, plumed, input, folder: temporaryFolder('campaign'), ...more };
}

test('a biased run leaves its files in one folder', async () => {
  const run = options();
  const { folders } = await biasedRun(run);
  assert.deepEqual(folders, [run.folder]);
  const files = await readdir(run.folder);
  for (const file of ['COLVAR', 'KERNELS', 'pesmd.in', 'pesmd.log', 'plumed.dat', 'run.json']) {
    assert.ok(files.includes(file), `${file} is not among ${files.join(', ')}`);
  }
  assert.equal(await readFile(join(run.folder, 'plumed.dat'), 'utf8'), input);
  assert.equal((await readTables(join(run.folder, 'COLVAR'))).frames, 51);
});

test('the folder remembers how its frames were made', async () => {
  const run = options();
  await biasedRun({ ...run, input: input.replace('BIASVALUE', 'pot: BIASVALUE') });
  const notes = await readRunNotes(run.folder);
  assert.ok(notes);
  // pesmd's temperature is kT
  assert.equal(notes.temperature, temperatureOf(1));
  assert.deepEqual(notes.units, { length: 1, energy: 1, time: 1, natural: true });
  assert.deepEqual([notes.engine, notes.seed], [{ name: 'pesmd' }, 1]);
  // of so short a run the bias grows all the time: it is hotter than its temperature
  const { mean, error } = notes.kineticTemperature!;
  assert.ok(mean > temperatureOf(1) && error > 0, `${mean} ± ${error}`);
  assert.equal(notes.plumed, plumed.version.join('.'));
  assert.equal(notes.latentcv, packageVersion());
  assert.deepEqual(notes.biases, [
    { label: 'pot', action: 'BIASVALUE', parameters: { ARG: 'v' } },
    { label: 'opes', action: 'OPES_METAD', parameters: { ARG: 'p.x', PACE: '50', BARRIER: '5', TEMP: '1' } },
  ]);
  assert.deepEqual(notes.tables, [{ file: 'COLVAR', columns: ['p.x', 'opes.bias'] }]);
});

test('files that the input reads by a relative name come along, those that it writes do not', async () => {
  const inputFolder = temporaryFolder('inputs');
  await mkdir(join(inputFolder, 'parts'));
  await writeFile(join(inputFolder, 'parts', 'print.dat'), 'PRINT ARG=p.x STRIDE=100 FILE=COLVAR\n');
  for (const name of ['COLVAR', 'KERNELS']) await writeFile(join(inputFolder, name), 'of another run\n');
  const included = input.replace(/PRINT.*\n/, 'INCLUDE FILE=parts/print.dat\n');
  const run = options({ input: included, inputFolder });
  await biasedRun(run);
  assert.equal((await readTables(join(run.folder, 'COLVAR'))).frames, 51);
  assert.ok(!(await readdir(run.folder)).some((name) => name.startsWith('bck.')));
});

test("PLUMED's own engines are refused without an input, before a folder is made", async () => {
  const { input: given, ...plain } = options();
  assert.ok(given);
  const folder = join(plain.folder, 'none');
  await assert.rejects(biasedRun({ ...plain, folder }), { code: 'bad-argument', message: /PLUMED input/ });
  assert.ok(!existsSync(folder));
});

test('replicas run with seeds of their own and joint progress', async () => {
  const seen: RunProgress[] = [];
  const run = options({
    engine: pesmdEngine({ ...pesmd, seeds: [1, 2, 1000] }),
    parallel: 2,
    onProgress: (p) => seen.push(p),
  });
  const { folders } = await biasedRun(run);
  assert.deepEqual(
    folders,
    [0, 1, 2].map((i) => join(run.folder, `replica-${i}`)),
  );
  const sets = await Promise.all(folders.map((folder) => readTables(join(folder, 'COLVAR'))));
  assert.notDeepEqual(sets[0].data, sets[1].data);
  assert.notDeepEqual(sets[1].data, sets[2].data);
  assert.deepEqual([seen.at(-1)?.step, seen.at(-1)?.steps], [15000, 15000]);
  const stopped = AbortSignal.abort();
  await assert.rejects(biasedRun({ ...options(), signal: stopped }), { code: 'interrupted' });
});

test('the length of a pesmd run can be given', async () => {
  const run = options({ engine: pesmdEngine({ ...pesmd, steps: 1000 }) });
  await biasedRun(run);
  assert.equal((await readTables(join(run.folder, 'COLVAR'))).frames, 11);
});

test('a finished run is not run again, and the same seed gives the same run', async () => {
  const run = options();
  await biasedRun(run);
  await writeFile(join(run.folder, 'COLVAR'), 'kept');
  await biasedRun(run);
  assert.equal(await readFile(join(run.folder, 'COLVAR'), 'utf8'), 'kept');
  const [one, two] = [options(), options()];
  for (const each of [one, two]) await biasedRun(each);
  assert.equal(
    await readFile(join(one.folder, 'COLVAR'), 'utf8'),
    await readFile(join(two.folder, 'COLVAR'), 'utf8'),
  );
});

test('a folder that holds another run is refused', async () => {
  const run = options();
  await biasedRun(run);
  for (const other of [{ input: input + '# changed\n' }, { engine: pesmdEngine({ ...pesmd, seeds: [2] }) }]) {
    await assert.rejects(biasedRun({ ...run, ...other }), {
      code: 'bad-argument',
      message: /started with another/,
    });
  }
});

test('a failing replica stops the others and is told', async () => {
  const run = options({
    input: input.replace('TEMP=1', ''),
    engine: pesmdEngine({ ...pesmd, steps: 2e8, seeds: [1, 2] }),
  });
  await assert.rejects(biasedRun(run), {
    code: 'tool-failed',
    message: /not told the temperature/,
    hint: /replica-\d\/pesmd\.log$/,
  });
});

test('a run stops on request and can be started again', async () => {
  const abort = new AbortController();
  const run = options({ engine: pesmdEngine({ ...pesmd, steps: 2e8, seeds: [1, 2] }), parallel: 2 });
  const onProgress = ({ step }: RunProgress): void => {
    if (step > 0) abort.abort();
  };
  await assert.rejects(biasedRun({ ...run, signal: abort.signal, onProgress }), { code: 'interrupted' });
});

test('replicas without a difference are refused', async () => {
  await assert.rejects(biasedRun(options({ engine: pesmdEngine({ ...pesmd, seeds: [1, 1] }) })), {
    code: 'bad-argument',
  });
  await assert.rejects(biasedRun(options({ engine: pesmdEngine({ ...pesmd, seeds: [] }) })), {
    code: 'bad-argument',
  });
  await assert.rejects(biasedRun(options({ parallel: 0 })), { code: 'bad-argument' });
});
