import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { biasedRun } from '../../../src/campaign/index.js';
import { carriedInput, copyCarried } from '../../../src/campaign/runs/carry-files.js';
import { readTables } from '../../../src/frames/index.js';
import { parsePlumedInput } from '../../../src/plumed/index.js';
import { findPlumed, pesmdEngine } from '../../../src/programs/index.js';
import { temporaryFolder } from '../../temporary-folder.js';

/** Folders `a` (the input's), `a/parts` and what lies above them. */
function tree(files: Record<string, string>): string {
  const root = temporaryFolder('carry');
  for (const name of ['a', 'a/parts', 'run']) mkdirSync(join(root, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

const carried = (root: string, text: string) => {
  const path = join(root, 'a', 'plumed.dat');
  const folders = [join(root, 'a')];
  return carriedInput(parsePlumedInput(text, path, { workingFolder: folders }), folders);
};

test('a run finds what its input reads behind .., also what included files do', async () => {
  const plumed = await findPlumed();
  const root = tree({
    'x.dat': 'p: DISTANCE ATOMS=1,2 COMPONENTS\nINCLUDE FILE=../well.dat # ../well.dat\n',
    'well.dat': 'v: CUSTOM ARG=p.x FUNC=2*x^2 PERIODIC=NO\n',
  });
  const notes: string[] = [];
  const folder = join(root, 'run');
  await biasedRun({
    engine: pesmdEngine({
      seeds: [1],
      input: 'nstep 500\ntstep 0.005\ntemperature 1\nfriction 10\ndimension 1\nperiodic false\nipos 0.5\n',
    }),
    plumed,
    folder,
    input: 'UNITS NATURAL\nINCLUDE FILE=../x.dat\nBIASVALUE ARG=v\nPRINT ARG=p.x STRIDE=100 FILE=COLVAR\n',
    inputPath: join(root, 'a', 'plumed.dat'),
    inputFolder: join(root, 'a'),
    onNote: (line) => notes.push(line),
  });
  assert.equal((await readTables(join(folder, 'COLVAR'))).frames, 6);
  assert.match(readFileSync(join(folder, 'plumed.dat'), 'utf8'), /^INCLUDE FILE=x\.dat$/m);
  assert.match(readFileSync(join(folder, 'x.dat'), 'utf8'), /^INCLUDE FILE=well\.dat # \.\.\/well\.dat$/m);
  assert.deepEqual(notes, [
    "../x.dat is read as x.dat in the run's folder",
    "../well.dat is read as well.dat in the run's folder",
  ]);
});

test('names stay where they can, and one that is taken becomes another', async () => {
  const root = tree({
    'ref.pdb': 'above',
    'a/ref.pdb': 'beside',
    'a/parts/in.dat': 'INCLUDE FILE=more.dat\n',
    'a/parts/more.dat': 'd: DISTANCE ATOMS=1,2\n',
    COLVAR: 'above',
    'with blank.pdb': 'blank',
  });
  const text =
    'MOLINFO STRUCTURE=ref.pdb\nr: RMSD REFERENCE=../ref.pdb TYPE=OPTIMAL\nINCLUDE FILE=parts/in.dat\n' +
    's: RMSD ...\n  REFERENCE={../with blank.pdb} # REFERENCE=../ref.pdb\n...\ne: EXTERNAL ARG=d FILE=../COLVAR\n' +
    'PRINT ARG=d FILE=COLVAR\nm: RMSD REFERENCE=missing.pdb\n';
  const found = carried(root, text);
  assert.equal(
    found.text,
    text
      .replace('REFERENCE=../ref.pdb TYPE', 'REFERENCE=ref-2.pdb TYPE')
      .replace('{../with blank.pdb}', '{with blank.pdb}')
      .replace('FILE=../COLVAR', 'FILE=COLVAR-2'),
  );
  const folder = join(root, 'run');
  await copyCarried(found, folder);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  assert.deepEqual(
    ['ref.pdb', 'ref-2.pdb', 'COLVAR-2', 'with blank.pdb', 'parts/in.dat', 'more.dat'].map(read),
    ['beside', 'above', 'above', 'blank', 'INCLUDE FILE=more.dat\n', 'd: DISTANCE ATOMS=1,2\n'],
  );
});

test('another input in the folder of a run is not written over', async () => {
  const root = tree({ 'run/plumed.dat': 'mine\n' });
  const run = biasedRun({
    engine: pesmdEngine({
      seeds: [1],
      input: 'nstep 5\ntemperature 1\nfriction 10\ndimension 1\nipos 0.5\n',
    }),
    plumed: await findPlumed(),
    folder: join(root, 'run'),
    input: 'p: DISTANCE ATOMS=1,2\n',
  });
  await assert.rejects(run, {
    code: 'bad-argument',
    message: /plumed\.dat is there, another input than the run's/,
  });
  assert.equal(readFileSync(join(root, 'run', 'plumed.dat'), 'utf8'), 'mine\n');
});

test('what is not found is told with the name of the file', () => {
  const root = tree({});
  assert.throws(() => carried(root, '\nINCLUDE FILE=../none.dat\n'), {
    code: 'plumed-input',
    message: /a\/plumed\.dat:2: expected the included file \.\.\/none\.dat in /,
  });
});

test('a grid that a bias is read from is carried, also where the run writes one of that name', () => {
  const root = tree({ 'a/GRID': 'grid' });
  const { text, files } = carried(
    root,
    'd: DISTANCE ATOMS=1,2\nMETAD ARG=d SIGMA=1 HEIGHT=1 PACE=1 GRID_RFILE=GRID GRID_WFILE=GRID\n',
  );
  assert.deepEqual(
    files.map(({ from, to }) => [from, to]),
    [[join(root, 'a', 'GRID'), 'GRID-2']],
  );
  assert.match(text, /GRID_RFILE=GRID-2 GRID_WFILE=GRID$/m);
});

test('a library behind .. keeps a slash in its new name, without which the system looks elsewhere', () => {
  const root = tree({ 'lib.so': '', 'm.onnx': '' });
  const { text, files } = carried(root, 'LOAD FILE=../lib.so\ncv: ONNX_MODEL FILE=../m.onnx ATOMS=1,2\n');
  assert.equal(text, 'LOAD FILE=./lib.so\ncv: ONNX_MODEL FILE=m.onnx ATOMS=1,2\n');
  assert.deepEqual(
    files.map(({ to }) => to),
    ['./lib.so', 'm.onnx'],
  );
});
