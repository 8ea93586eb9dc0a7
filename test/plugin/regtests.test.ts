import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { runProgram } from '../../src/programs/run-program.js';
import { plumed, readNumbers, runFolder, skipRegtest } from './driver.js';

// plumed-plugin/regtest/make_references.py says how the references were made: not by the plugin.
const root = join(packageRoot(), 'plumed-plugin', 'regtest');
const tests = readdirSync(root).filter((name) => name.startsWith('rt-'));

/** Runs `plumed driver` with the words of the test's `config`, as PLUMED's own regression tests do. */
async function run(cwd: string): Promise<void> {
  const config = await readFile(join(cwd, 'config'), 'utf8');
  const words = /arg="([^"]*)"/.exec(config)![1].split(' ');
  await runProgram({
    command: plumed.executable,
    args: ['--no-mpi', 'driver', ...words],
    cwd,
    env: plumed.env,
    logPath: join(cwd, 'log'),
  });
}

/** A step of the last printed digit: where rounding falls between two, either may come. */
async function lastDigit(reference: string): Promise<number> {
  const decimals = /\.(\d+)/.exec(await readFile(reference, 'utf8'))![1].length;
  return 1.001 * 10 ** -decimals;
}

for (const name of tests) {
  it(name, { skip: skipRegtest(name) }, async () => {
    const folder = await runFolder(join(root, name));
    await run(folder);
    for (const file of ['COLVAR', 'forces']) {
      const reference = join(folder, `${file}.reference`);
      const [received, expected] = [await readNumbers(join(folder, file)), await readNumbers(reference)];
      const step = await lastDigit(reference);
      assert.equal(received.length, expected.length, `${name}/${file}: number of lines`);
      expected.forEach((row, line) => {
        assert.equal(received[line].length, row.length, `${name}/${file} line ${line + 1}`);
        row.forEach((value, column) => {
          const difference = Math.abs(received[line][column] - value);
          assert.ok(
            difference <= step,
            `${name}/${file} line ${line + 1}: ${received[line][column]}, not ${value}`,
          );
        });
      });
    }
  });
}

it('the regression tests are there', () => {
  assert.ok(tests.length >= 17, tests.join(' '));
});
