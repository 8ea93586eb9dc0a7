import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../src/support/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runCli } from './run-cli.js';

const folder = temporaryFolder('compositions-cli');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

/** Elements at two volumes, and a column of numbers: whether they are compressed. */
const [, ...moduli] = readFileSync(
  join(packageRoot(), 'test', 'fixtures', 'structures', 'bulk-moduli.csv'),
  'utf8',
)
  .trim()
  .split('\n');
const lines = moduli.map((line) => {
  const [crystal, modulus] = line.split(',');
  const [element, part] = crystal.split('-');
  return [element, element, part === undefined ? 0 : 1, modulus].join(',');
});
const save = (name: string, header: string, rows: readonly string[]): void =>
  writeFileSync(join(folder, name), [header, ...rows, ''].join('\n'));

test('a table with formulas trains in one command, and the model reads formulas', () => {
  const known = lines.filter((line) => !/^(He|Ne|Ar|Rn|W),/.test(line));
  save('table.csv', 'COMPOSITION,A,compressed,modulus', known);
  const trained = latentcv(
    ...['train', 'table.csv', '--composition', '--formula', 'COMPOSITION', '--properties', 'modulus'],
    ...['--group', 'COMPOSITION', '--epochs', '60', '--ensemble', '1', '-o', 'model.onnx'],
  );
  assert.equal(trained.code, 0, trained.stderr);
  assert.match(trained.stderr, /96 statistics of the elements of COMPOSITION/);
  assert.match(trained.stdout, /132 rows, 3\d columns/);

  save('new.csv', 'COMPOSITION,compressed,modulus', ['W,0,302.989', 'Fe0.5W0.5,1,']);
  const predicted = latentcv('predict', 'model.onnx', 'new.csv', '-o', 'predicted.csv');
  assert.equal(predicted.code, 0, predicted.stderr);
  assert.match(predicted.stderr, /new.csv has elements that the model has not learned from: W/);
  const [header, tungsten] = readFileSync(join(folder, 'predicted.csv'), 'utf8').split('\n');
  assert.match(header, /^COMPOSITION,node-0,node-1,modulus,modulus.lower/);
  assert.ok(Number(tungsten.split(',')[3]) > 100);

  save('helium.csv', 'COMPOSITION,compressed', ['He,0']);
  const helium = latentcv('predict', 'model.onnx', 'helium.csv', '-o', 'none.csv');
  assert.equal(helium.code, 1);
  assert.match(helium.stderr, /expected the MeltingT of He, from which the model predicts/);
  save('lacks.csv', 'name,compressed', ['W,0']);
  assert.match(
    latentcv('predict', 'model.onnx', 'lacks.csv', '-o', 'none.csv').stderr,
    /expected a column COMPOSITION in lacks.csv/,
  );
});

test('what is no formula is refused with its row before anything is trained', () => {
  save('wrong.csv', 'formula,x,y', ['Fe,1,2', 'Qq,2,3']);
  const wrong = latentcv('train', 'wrong.csv', '--composition', '--properties', 'y', '-o', 'none.onnx');
  assert.match(wrong.stderr, /wrong.csv, row 2: expected a formula of elements and amounts/);
  const frames = latentcv('train', 'wrong.csv', '--composition', '--columns', 'x', '-o', 'none.onnx');
  assert.match(frames.stderr, /expected rows that are independent of one another for --composition/);
});
