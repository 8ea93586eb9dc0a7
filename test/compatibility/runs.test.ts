import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRunNotes, type RunNotes } from '../../src/sampling/index.js';
import { runCli, type CliResult } from '../cli/run-cli.js';
import { copyOf, newest, readJson, versions } from './written-before.js';

interface RunRecord {
  fingerprint: string;
  finished: boolean;
  notes?: RunNotes;
}

const record = (folder: string): RunRecord => readJson(join(folder, 'run.json')) as RunRecord;

/** The command that made the runs, in the folder of both. */
function run(cwd: string, folder: string, plumed = 'plumed.dat'): CliResult {
  const engine = ['--engine', 'pesmd', '--pesmd', 'pesmd.in'];
  return runCli(['run', ...engine, '--plumed', plumed, '--folder', folder], { cwd });
}

/** What a folder without notes does not tell. */
const said = ['--kt', '1', '--bias', 'opes.bias'];

function freeEnergy(cwd: string, ...more: string[]): number[] {
  const { code, stdout, stderr } = runCli(['fes', ...more, '--cv', 'p.x', '--points', '9', '--json'], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as { freeEnergy: { energy: number[] } }).freeEnergy.energy;
}

for (const version of versions) {
  const { commit } = version;

  test(`a run that ${commit} finished is finished, one that it began goes on to its end`, () => {
    const runs = copyOf(version, 'runs');
    const [finished, stopped] = ['finished', 'stopped'].map((name) => join(runs, name));
    const colvar = readFileSync(join(finished, 'COLVAR'));
    assert.deepEqual(
      [finished, stopped].map((folder) => record(folder).finished),
      [true, false],
    );
    for (const folder of [finished, stopped]) {
      const { code, stderr } = run(runs, folder);
      assert.equal(code, 0, stderr);
      assert.equal(record(folder).finished, true);
    }
    assert.deepEqual(readFileSync(join(finished, 'COLVAR')), colvar);
    const frames = (folder: string): number =>
      readFileSync(join(folder, 'COLVAR'), 'utf8').split('\n').length;
    assert.equal(frames(stopped), frames(finished));
  });

  test(`the folder of a run of ${commit} is refused to another run`, () => {
    const runs = copyOf(version, 'runs');
    const other = readFileSync(join(runs, 'plumed.dat'), 'utf8').replace('BARRIER=5', 'BARRIER=6');
    writeFileSync(join(runs, 'other.dat'), other);
    const { code, stderr } = run(runs, 'finished', 'other.dat');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /to have the same input but it was started with another\nhint: choose another folder/,
    );
  });

  test(`fes takes from the folder of a run of ${commit} what it noted, or asks`, async () => {
    const runs = copyOf(version, 'runs');
    mkdirSync(join(runs, 'elsewhere'));
    copyFileSync(join(runs, 'finished', 'COLVAR'), join(runs, 'elsewhere', 'COLVAR'));
    const { notes } = record(join(runs, 'finished'));
    assert.deepEqual(await readRunNotes(join(runs, 'finished')), notes);
    assert.equal(notes === undefined, version.old);
    if (version.old) {
      const { code, stderr } = runCli(['fes', 'finished', '--cv', 'p.x'], { cwd: runs });
      assert.equal(code, 2);
      assert.match(stderr, /expected --temperature \(K\), or --kt for natural units, but found neither/);
    }
    const found = freeEnergy(runs, 'finished', ...(version.old ? said : []));
    assert.deepEqual(found, freeEnergy(runs, 'elsewhere/COLVAR', ...said));
  });

  test(`report shows a run and a model of ${commit}`, () => {
    const runs = copyOf(version, 'runs');
    const model = join(version.folder, 'models', 'ensemble.onnx');
    const options = ['--cv', 'p.x', '--model', model, ...said, '-o', 'report.html'];
    const { code, stderr } = runCli(['report', 'finished', ...options], { cwd: runs });
    assert.equal(code, 0, stderr);
    const page = readFileSync(join(runs, 'report.html'), 'utf8');
    for (const part of ['vamp-autoencoder', '240', 'Loss']) assert.match(page, new RegExp(part, 'i'));
  });
}

test('notes of a later version, which cannot be read, are refused with what to do', () => {
  const runs = copyOf(newest, 'runs');
  const { notes, ...known } = record(join(runs, 'finished'));
  const later = { ...known, notes: { ...notes, temperature: { value: 300, unit: 'K' } } };
  writeFileSync(join(runs, 'finished', 'run.json'), JSON.stringify(later));
  const { code, stderr } = runCli(['fes', 'finished', '--cv', 'p.x'], { cwd: runs });
  assert.equal(code, 1);
  assert.match(stderr, /run\.json: notes\.temperature: /);
  assert.match(stderr, /hint: .*of another version, .*take that version, or a copy of the tables elsewhere/);
  mkdirSync(join(runs, 'elsewhere'));
  copyFileSync(join(runs, 'finished', 'COLVAR'), join(runs, 'elsewhere', 'COLVAR'));
  assert.equal(freeEnergy(runs, 'elsewhere/COLVAR', '--kt', '1').length, 9);
});
