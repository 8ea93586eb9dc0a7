import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../temporary-folder.js';
import { expectDocumented } from '../documented-keys.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('composition');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });
const table = ['formula,A1,A2,B1,"gap, eV"', 'LaMnO3,La,,Mn,1.2', 'Ba0.5Sr0.5TiO3,Ba,Sr,Ti,3', ''].join('\n');
writeFileSync(join(folder, 'table.csv'), table);

test('latentcv composition adds columns by site, and keeps those that are there', () => {
  const { code, stdout, stderr } = latentcv(
    ...['composition', 'table.csv', '--sites', 'A=A*; B=B1', '-o', 'features.csv', '--json'],
  );
  assert.equal(code, 0, stderr);
  const printed = JSON.parse(stdout) as { columns: string[]; rows: number };
  expectDocumented('composition', printed);
  assert.equal(printed.columns.length, 2 * 3 * 32);
  const [header, , second] = readFileSync(join(folder, 'features.csv'), 'utf8').split('\n');
  assert.ok(header.startsWith('formula,A1,A2,B1,"gap, eV",A Number mean,A Number range,A Number deviation,'));
  assert.ok(second.startsWith('Ba0.5Sr0.5TiO3,Ba,Sr,Ti,3,47,18,9,'));
});

test('what is wrong is told with its place', () => {
  const none = latentcv('composition', 'table.csv', '--formula', 'formulas', '-o', 'none.csv');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /expected a column formulas in table.csv but it has formula, A1/);
  writeFileSync(join(folder, 'wrong.csv'), 'formula,y\nLaMnO3,1\nLaQ,2\n');
  const wrong = latentcv('composition', 'wrong.csv', '-o', 'none.csv');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /wrong.csv, row 2: expected a formula .* but found Q in "LaQ"/);
  const site = latentcv('composition', 'table.csv', '--sites', 'A=X*', '-o', 'none.csv');
  assert.match(site.stderr, /expected columns of table.csv that fit X\*/);
});

test('lines may end as spreadsheets of several systems end them', () => {
  writeFileSync(join(folder, 'ends.csv'), 'formula,y\r\nLaMnO3,1\rSrTiO3,2\nBaO,3\r\n');
  const { code, stdout, stderr } = latentcv('composition', 'ends.csv', '-o', 'ended.csv');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /3 rows with 96 new columns/);
});
