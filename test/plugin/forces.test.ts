import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder, skipRegtest } from './driver.js';

const regtest = (name: string): string => join(packageRoot(), 'plumed-plugin', 'regtest', name);

/** Largest difference between PLUMED's analytical forces and virial and its own numerical ones. */
async function debugForces(
  folder: string,
  input: string,
  units: string[],
): Promise<{ worst: number; largest: number }> {
  const extra = [...units, '--debug-forces', 'debug', '--dump-forces-fmt', '%.10f'];
  await drive(folder, input, { trajectory: join(folder, 'traj.xyz'), extra });
  const rows = (await readNumbers(join(folder, 'debug'))).filter((row) => row.length >= 3);
  assert.ok(rows.length >= 27, 'one row per coordinate and component of the box');
  const last = (row: number[]): [number, number] => [row.at(-2)!, row.at(-1)!];
  return {
    worst: Math.max(...rows.map(last).map(([a, b]) => Math.abs(a - b))),
    largest: Math.max(...rows.map((row) => Math.abs(row.at(-2)!))),
  };
}

// PLUMED's differences have a step of 1.5e-8, which numbers in float do not resolve; these two have references
const inFloat = ['rt-atoms-float', 'rt-atoms-onnxruntime'];
const all = readdirSync(regtest('.')).filter((name) => name.startsWith('rt-'));

describe("forces and virial of every regression test against PLUMED's numerical derivatives", () => {
  for (const name of all.filter((test) => !inFloat.includes(test)))
    it(name, { skip: skipRegtest(name) }, async () => {
      const folder = await runFolder(regtest(name));
      const [, ...lines] = (await readFile(join(folder, 'plumed.dat'), 'utf8')).trim().split('\n');
      const config = await readFile(join(folder, 'config'), 'utf8');
      // without a box, PLUMED's differences would make one of 1.5e-8 nm; the larger it is, the more they round
      const box = lines.some((line) => line.includes('NOPBC')) ? '1 1 1' : '5 5 5';
      const trajectory = await readFile(join(folder, 'traj.xyz'), 'utf8');
      await writeFile(join(folder, 'traj.xyz'), trajectory.replaceAll(/^(0\.0+ ?){3}$/gm, box));
      const units = ['--length-units', /--length-units (\S+)/.exec(config)![1]];
      // PLUMED's are one-sided differences: good to about 1e-6 of the largest force
      const { worst, largest } = await debugForces(folder, lines.join('\n'), units);
      assert.ok(largest > 10, `forces of up to ${largest} are there`);
      assert.ok(worst < 1e-5 * largest, `${worst} of ${largest}`);
    });
});

describe('several outputs biased at once, and none', () => {
  it('without a bias there are no forces', async () => {
    const folder = await runFolder(regtest('rt-atoms-orthorhombic'));
    const input = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\nPRINT ARG=cv.* FILE=COLVAR';
    const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.8f'];
    await drive(folder, input, { trajectory: join(folder, 'traj.xyz'), extra });
    assert.ok(
      (await readNumbers(join(folder, 'forces')))
        .filter((row) => row.length === 3)
        .flat()
        .every((f) => f === 0),
    );
    assert.equal((await readNumbers(join(folder, 'COLVAR')))[0].length, 3);
  });

  it('the sum of two biases on two outputs is the sum of their forces', async () => {
    const folder = await runFolder(regtest('rt-atoms-orthorhombic'));
    const action = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n';
    const one = 'a: RESTRAINT ARG=cv.node-0 KAPPA=50 AT=0.2\n',
      two = 'b: RESTRAINT ARG=cv.node-1 KAPPA=20 AT=-0.1\n';
    const forces = async (bias: string, file: string): Promise<number[]> => {
      const extra = ['--dump-forces', file, '--dump-forces-fmt', '%.8f'];
      await drive(folder, action + bias, { trajectory: join(folder, 'traj.xyz'), extra });
      return (await readNumbers(join(folder, file))).filter((row) => row.length === 3).flat();
    };
    const [a, b, sum] = [await forces(one, 'a'), await forces(two, 'b'), await forces(one + two, 'ab')];
    sum.forEach((value, i) => assert.ok(Math.abs(value - a[i] - b[i]) < 2e-8));
  });
});

it('wildcards name arguments and components', async () => {
  const folder = await runFolder(regtest('rt-arg-scalars'));
  const input = `d1: DISTANCE ATOMS=2,3\nd2: DISTANCE ATOMS=2,5\nd3: DISTANCE ATOMS=3,6\ncv: ONNX_MODEL FILE=model.onnx ARG=(d.)\nPRINT ARG=cv.* FILE=COLVAR FMT=%.8f`;
  await drive(folder, input, { trajectory: join(folder, 'traj.xyz') });
  const [received, expected] = await Promise.all(
    ['COLVAR', 'COLVAR.reference'].map((file) => readNumbers(join(folder, file))),
  );
  assert.deepEqual(
    received,
    expected.map((row) => row.slice(0, 3)),
  );
});
