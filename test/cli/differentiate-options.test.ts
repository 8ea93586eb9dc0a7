import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readModelFile } from '../../src/onnx/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { runCli } from './run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'latentcv-differentiate-'));
after(() => rmSync(folder, { recursive: true }));
const output = join(folder, 'model.onnx');
const atoms = (name: string) => join(packageRoot(), 'test', 'fixtures', 'foreign-models', `${name}.onnx`);
const differentiate = (...args: string[]) => runCli(['differentiate', ...args, '-o', output]);

test('a periodic CV of positions is told its period, their inputs none', () => {
  const positions = [atoms('dihedral.legacy'), '--positions', 'A', '--names', 'phi'];
  const { code, stderr } = differentiate(...positions, '--period', 'phi=-pi..pi');
  assert.equal(code, 0, stderr);
  assert.deepEqual(readModelFile(readFileSync(output)).metadata!.outputs[0].period, [-Math.PI, Math.PI]);
  const cases: [string[], RegExp][] = [
    [['--period', 'ph=0..1'], /expected a CV \(phi\) for --period but received ph\nhint: did you mean phi\?/],
    [['--period', 'x-1=0..1'], /expected a CV \(phi\) for --period but received x-1/],
    [['--range', 'x-1=0..1'], /expected no --range beside --positions/],
  ];
  for (const [args, message] of cases) {
    const refused = differentiate(...positions, ...args);
    assert.match(refused.stderr, message);
    assert.equal(refused.code, 2);
  }
});
