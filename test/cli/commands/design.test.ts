import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bowlFile, rowsOver } from '../../design/landscapes.js';
import { temporaryFolder } from '../../temporary-folder.js';
import { expectDocumented } from '../documented-keys.js';
import { runCli } from '../run-cli.js';

const folder = temporaryFolder('design');
const latentcv = (...args: string[]) => runCli(args, { cwd: folder });

const { data } = rowsOver();
const rows = Array.from({ length: 600 }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);
writeFileSync(join(folder, 'model.onnx'), bowlFile());
writeFileSync(
  join(folder, 'rows.csv'),
  ['what it is,u,v,w,a', ...rows.map((row, i) => `"row, ${i}",${row.join(',')}`), ''].join('\n'),
);

test('latentcv design tells candidates with the nearest rows by name, and writes their table', () => {
  const { code, stdout, stderr } = latentcv(
    ...['design', 'model.onnx', 'rows.csv', '--want', 'min a', '--id', 'what it is'],
    ...['--count', '3', '-o', 'found.csv'],
  );
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  assert.match(stdout, /^min a: 3 candidates, 3 of them as wanted, near 600 training rows\n/);
  assert.match(stdout, /a again +b again +cycle +nearest rows\n/);
  assert.match(stdout, /\n +1 .* row, \d+ \(0\.\d+ away, a 0\.0\d+\), /);
  const [header, best] = readFileSync(join(folder, 'found.csv'), 'utf8').split('\n');
  assert.equal(
    header,
    'candidate,meets,node-0,node-1,a,b,a again,b again,cycle,distance,nearest,nearest distance,u,v,w',
  );
  const cells = best.replace(/"[^"]*"/, 'name').split(',');
  assert.deepEqual(cells.slice(0, 2), ['1', '1']);
  assert.match(best, /,"row, \d+",/);
  const [u, v, w] = cells.slice(-3).map(Number);
  assert.ok(Math.abs(u - 0.4) < 0.01 && Math.abs(v + 0.3) < 0.01 && Math.abs(w - u - v) < 1e-9);
});

test('its JSON has the keys of docs/json.md', () => {
  const { code, stdout, stderr } = latentcv(
    ...['design', 'model.onnx', 'rows.csv', '--want', 'min a, min b', '--count', '4', '--json'],
  );
  assert.equal(code, 0, stderr);
  const printed = JSON.parse(stdout) as { front: boolean; candidates: { told: Record<string, number> }[] };
  expectDocumented('design', printed);
  assert.equal(printed.front, true);
  assert.ok(printed.candidates.at(-1)!.told.a > 0.9);
});

test('wants that cannot be are refused before anything is read', () => {
  const refused = latentcv('design', 'model.onnx', 'nowhere.csv', '--want', 'gap < 2');
  assert.equal(refused.code, 2);
  const other = latentcv('design', 'model.onnx', 'rows.csv', '--want', 'gap < 2');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /expected a property of the model \(a, b\) but received gap/);
  const nameless = latentcv('design', 'model.onnx', 'rows.csv', '--want', 'a < 2', '--id', 'formula');
  assert.equal(nameless.code, 2);
  assert.match(nameless.stderr, /expected a column formula in rows.csv but it has what it is, u, v, w, a/);
});
