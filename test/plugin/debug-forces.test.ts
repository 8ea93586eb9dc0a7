import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runProgram } from '../../src/programs/run-program.js';
import { packageRoot } from '../../src/support/folders.js';
import { plumed, readNumbers, runFolder, skipRegtest } from './driver.js';

const root = join(packageRoot(), 'plumed-plugin', 'regtest');
// A step of 1.5e-8 is lost in single precision: there PLUMED's differences are zero.
const single = ['rt-atoms-float', 'rt-atoms-onnxruntime'];
const names = readdirSync(root).filter((name) => name.startsWith('rt-') && !single.includes(name));

/** Rows of analytical and numerical derivative of the bias, by atom and by box vector, frame after frame. */
async function debugForces(name: string): Promise<number[][]> {
  const cwd = await runFolder(join(root, name));
  const words = /arg="([^"]*)"/.exec(await readFile(join(cwd, 'config'), 'utf8'))![1].split(' ');
  // without a box PLUMED's differences by the box are NaN; with atoms within 2 nm, one of 5 nm changes nothing
  const boxless = /^0\.0+ 0\.0+ 0\.0+$/m.test(await readFile(join(cwd, 'traj.xyz'), 'utf8'));
  const box = boxless ? ['--box', '5,5,5'] : [];
  const args = ['--no-mpi', 'driver', ...words, ...box, '--debug-forces', 'differences'];
  await runProgram({ command: plumed.executable, args, cwd, env: plumed.env, logPath: join(cwd, 'log') });
  return readNumbers(join(cwd, 'differences'));
}

describe("forces and virial are PLUMED's own differences of the bias", () => {
  for (const name of names) {
    it(name, { skip: skipRegtest(name) }, async () => {
      const rows = await debugForces(name);
      const largest = Math.max(...rows.map(([, analytical]) => Math.abs(analytical)));
      assert.ok(rows.length > 50 && largest > 10, `${rows.length} rows up to ${largest}`);
      // Forward differences with h = √ε: the bias is rounded to ε of itself, and half of h times the curvature is left,
      // most for torsions of atoms almost in line. regtests.test.ts compares with exact differences, to the last digit.
      for (const [, analytical, numerical] of rows)
        assert.ok(
          Math.abs(analytical - numerical) < 3e-6 * largest + 5e-4,
          `${analytical}, not ${numerical}`,
        );
    });
  }
});
