import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { expectDocumented } from './documented-keys.js';
import { runCli } from './run-cli.js';

const fixtures = join(packageRoot(), 'test', 'fixtures', 'structures');
const [elements, heldOut, compounds, labels] = ['elements', 'held-out', 'compounds', 'bulk-moduli.csv'].map(
  (name) => join(fixtures, name),
);
const crystals = join(elements, 'others.xyz');
const folder = temporaryFolder('structures-cli');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });
const rows = (name: string): Record<string, string>[] => {
  const [header, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
};

const what = [
  ...['--composition', '--descriptors', 'rdf all rmax=0.6 sigma=0.02; volume all'],
  ...['--descriptors', 'coordination all d0=0.25 dmax=0.45 form=cubic mean'],
];

test('a folder of crystals and a CSV of labels train in one command, and the model predicts others', () => {
  const trained = latentcv(
    ...['train', elements, '--properties-from', labels, '--properties', 'bulk_modulus', ...what],
    ...['--group', 'formula', '--epochs', '100', '--ensemble', '1', '-o', 'model.onnx'],
  );
  assert.equal(trained.code, 0, trained.stderr);
  assert.match(
    trained.stderr,
    /136 structures of 1 to 12 atoms, of 68 elements \(Ag, Al, .*\), all in cells; lengths become nm/,
  );
  assert.match(
    trained.stderr,
    /136 of 136 structures found in .*bulk-moduli.csv by its column crystal; 6 rows of it without a structure/,
  );
  assert.match(trained.stderr, /warning: Electronegativity has no columns: there is no value of He/);
  assert.match(trained.stdout, /rows that validated .*, whole groups of formula/);
  assert.match(trained.stdout, /regression +0\.[89]/);

  const predicted = latentcv(
    'predict',
    'model.onnx',
    heldOut,
    '--properties-from',
    labels,
    '-o',
    'predicted.csv',
    '--json',
  );
  assert.equal(predicted.code, 0, predicted.stderr);
  assert.match(
    predicted.stderr,
    /3 of 3 structures have elements that the model has not learned from: Cu, Ge, W/,
  );
  const told = JSON.parse(predicted.stdout) as {
    comparisons: { name: string; metrics: { rows: number; r2: number } }[];
  };
  expectDocumented('predict', told);
  assert.equal(told.comparisons[0].metrics.rows, 3);
  const [copper, germanium, tungsten] = rows('predicted.csv');
  assert.deepEqual([copper.structure, germanium.formula, tungsten.structure], ['Cu', 'Ge', 'W']);
  // WIEN2k: 142, 59, 303 GPa
  assert.ok(Number(germanium.bulk_modulus) < Number(copper.bulk_modulus));
  assert.ok(Number(copper.bulk_modulus) < Number(tungsten.bulk_modulus));
  assert.ok(Number(copper['bulk_modulus.lower']) < Number(copper.bulk_modulus));

  const inspected = latentcv('inspect', 'model.onnx', heldOut, '--properties-from', labels);
  assert.match(inspected.stdout, /computed of +structures\n +descriptors rdf all rmax=0.6 sigma=0.02\n/);
  assert.match(inspected.stdout, /bulk_modulus, beside 3 measured values/);

  const compound = latentcv('predict', 'model.onnx', compounds, '-o', 'compounds.csv');
  assert.equal(compound.code, 0, compound.stderr);
  const found = Object.fromEntries(
    rows('compounds.csv').map((row) => [row.structure, Number(row.bulk_modulus)]),
  );
  assert.ok(Math.abs(found.ZnS - found['ZnS-primitive']) < 1e-4 * Math.abs(found.ZnS));
});

test('without a table, labels are those of the comment lines; a table of what is learned from is written', () => {
  const written = latentcv(
    'descriptors',
    crystals,
    '--rows',
    '--properties',
    'bulk_modulus',
    ...what,
    '--output',
    'features.csv',
    '--json',
  );
  assert.equal(written.code, 0, written.stderr);
  const printed = JSON.parse(written.stdout) as { descriptors: string[] };
  expectDocumented('descriptors', printed);
  const [first] = rows('features.csv');
  assert.deepEqual([first.structure, first.formula, first.bulk_modulus], ['H', 'H', '10.284']);
  assert.deepEqual(printed.descriptors.slice(29, 32), ['rdf_all.30', 'volume_all', 'cna_all.mean']);
  const trained = latentcv(
    'train',
    'features.csv',
    '--properties',
    'bulk_modulus',
    '--epochs',
    '1',
    '-o',
    'few.onnx',
  );
  assert.match(trained.stderr, /expected at least 20 rows to validate with/);
});

test('what does not go together is refused before anything is computed', () => {
  const train = (...args: string[]) => latentcv('train', ...args, '-o', 'none.onnx');
  const of = ['--descriptors', 'volume all'];
  const cases: [string[], number, RegExp][] = [
    [
      [crystals, '--labels', labels, '--properties', 'bulk_modulus', ...of],
      2,
      /expected states for --labels but received the file .*\n.*--properties-from names the table/,
    ],
    [
      [crystals, '--properties-from', labels, '--properties', 'bulk_modulus'],
      2,
      /expected what is computed of the structures/,
    ],
    [[crystals, '--properties', 'energy', ...of], 2, /--properties-from names a table/],
    [
      [labels, '--properties-from', labels, '--properties', 'bulk_modulus', '--begin', '1ns'],
      2,
      /expected structures with --properties-from but received .*bulk-moduli.csv/,
    ],
  ];
  for (const [args, code, message] of cases) {
    const result = train(...args);
    assert.match(result.stderr, message);
    assert.equal(result.code, code, result.stderr);
  }
});

test('files that cannot be read are named, and left out where that is asked for', () => {
  mkdirSync(join(folder, 'some'));
  for (const name of ['W.vasp', 'Ge.xyz']) copyFileSync(join(heldOut, name), join(folder, 'some', name));
  writeFileSync(join(folder, 'some', 'bad.vasp'), 'Fe\n1.0\n');
  const args = ['descriptors', 'some', '--descriptors', 'volume all', '--output', 'some.csv'];
  const stopped = latentcv(...args);
  assert.equal(stopped.code, 1);
  assert.match(stopped.stderr, /some\/bad.vasp:3: expected a vector of the cell but received nothing/);
  const left = latentcv(...args, '--skip-unreadable');
  assert.equal(left.code, 0, left.stderr);
  assert.match(left.stderr, /warning: left out: some\/bad.vasp:3/);
  assert.deepEqual(
    rows('some.csv').map(({ structure }) => structure),
    ['Ge', 'W'],
  );
});
