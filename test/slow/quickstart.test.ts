import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTransitions } from '../../src/sampling/index.js';
import { readTables } from '../../src/frames/index.js';
import {
  runQuickstart,
  type QuickstartSettings,
  type QuickstartSummary,
} from '../../src/quickstart/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { buildPlugin, findGromacs, findPlumed } from '../../src/programs/index.js';
import '../optimised-plumed.js';

// The whole path on the real programs, too short for a free energy: what is tested is that every part fits the next.

const quiet = { note: () => undefined, progress: () => ({ update: () => undefined, stop: () => undefined }) };

async function quickstart(
  folder: string,
  settings: QuickstartSettings,
  notes: string[] = [],
): Promise<QuickstartSummary> {
  const plumed = await findPlumed();
  const { path: pluginPath } = await buildPlugin(plumed);
  const gromacs = settings.engine === 'gromacs' ? { gromacs: await findGromacs() } : {};
  const voice = { ...quiet, note: (line: string) => void notes.push(line) };
  return runQuickstart({ folder, settings, plumed, ...gromacs, pluginPath, setupSeconds: 1, voice });
}

function expectComplete(folder: string, summary: QuickstartSummary): void {
  assert.ok(Number.isInteger(summary.transitions));
  assert.ok(summary.jobSeconds > 0);
  for (const file of ['model.onnx', 'biased.dat', 'report.html', 'summary.json']) {
    assert.ok(existsSync(join(folder, file)), file);
  }
}

test('alanine dipeptide in GROMACS: from a molecule to a report, and again without running anything', async () => {
  const folder = temporaryFolder('quickstart');
  const settings: QuickstartSettings = {
    engine: 'gromacs',
    seed: 3,
    length: 0.1,
    replicas: 2,
    trainingLength: 1,
  };
  const summary = await quickstart(folder, settings);
  expectComplete(folder, summary);
  assert.ok(Math.abs(summary.nanoseconds! - 0.2) < 1e-3);
  assert.equal(summary.referenceDeltaF, 9.97);
  const colvar = join(folder, 'production', 'replica-1', 'COLVAR_biased');
  const before = await readFile(colvar);
  const started = performance.now();
  const again = await quickstart(folder, settings);
  assert.deepEqual(await readFile(colvar), before);
  assert.deepEqual({ ...again, jobSeconds: 0 }, { ...summary, jobSeconds: 0 });
  assert.ok(again.jobSeconds < (performance.now() - started) / 1000 + summary.jobSeconds);
  await expectSameCount(folder, summary);
  const lines = async (name: string): Promise<string[]> =>
    (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  const [biased, given] = [await lines('biased.dat'), await lines('plumed.dat')];
  assert.deepEqual(
    biased.filter((line) => given.includes(line)),
    given,
    'every line of the user is kept, in order',
  );
});

/** The summary's transitions, counted once more from the files, without the first fifth of each. */
async function expectSameCount(folder: string, summary: QuickstartSummary): Promise<void> {
  const files = [0, 1].map((i) => join(folder, 'production', `replica-${i}`, 'COLVAR_biased'));
  const { data, time, segments } = await readTables(files, { columns: ['phi'] });
  const cores = { a: [-2.8, -0.6], b: [0.5, 1.7] } as const;
  const ranges = segments.map(({ start, end }) => ({ start: start + Math.floor((end - start) / 5), end }));
  assert.equal(findTransitions(data, time, cores, { ranges, every: 0.5 }).count, summary.transitions);
}

test('Müller–Brown in pesmd: the same job, and other settings start it over', async () => {
  const folder = temporaryFolder('quickstart');
  const settings: QuickstartSettings = {
    engine: 'pesmd',
    seed: 1,
    length: 0.2,
    replicas: 1,
    trainingLength: 1,
  };
  const summary = await quickstart(folder, settings);
  expectComplete(folder, summary);
  assert.equal(summary.nanoseconds, null);
  // Quadrature of the surface at kT = 1, as test/quickstart/mueller-brown.test.ts has it.
  assert.ok(Math.abs(summary.referenceDeltaF - 5.69) < 0.01);
  const notes: string[] = [];
  await quickstart(folder, { ...settings, seed: 2 }, notes);
  assert.ok(notes.some((line) => line.includes('starting over')));
});
