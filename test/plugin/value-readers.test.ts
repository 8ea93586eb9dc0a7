import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder } from './driver.js';

// Actions that take values and send forces back make no action compute its Jacobian. What they do with derivatives
// of their own must be right all the same.
const model = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\n';
const reader = '\nx: DUMPDERIVATIVES ARG=cv.node-0 FILE=x';
const folderOf = (): Promise<string> =>
  runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-triclinic'));

async function forces(folder: string, input: string): Promise<{ forces: number[]; log: string }> {
  const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.12f', '--dump-full-virial'];
  const log = await drive(folder, input, { trajectory: join(folder, 'traj.xyz'), extra });
  return { forces: (await readNumbers(join(folder, 'forces'))).flat(), log };
}

function assertClose(received: number[], expected: number[], tolerance: number): void {
  assert.equal(received.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  assert.ok(largest > 1, `numbers of up to ${largest}`);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(value - received[i]) < tolerance * largest, `${received[i]}, ${value}`),
  );
}

const readers: [string, string][] = [
  ['CUSTOM', 's: CUSTOM ARG=cv.node-0,cv.node-1 FUNC=x*x*y PERIODIC=NO\nr: RESTRAINT ARG=s KAPPA=50 AT=0.2'],
  ['MATHEVAL', 's: MATHEVAL ARG=cv.node-1 FUNC=sin(x) PERIODIC=NO\nr: RESTRAINT ARG=s KAPPA=50 AT=0.2'],
  [
    'COMBINE',
    's: COMBINE ARG=cv.node-0,cv.node-1 COEFFICIENTS=2,-1 POWERS=1,2 PERIODIC=NO\nr: RESTRAINT ARG=s KAPPA=50 AT=0.2',
  ],
  [
    'CUSTOM and a bias at once',
    's: CUSTOM ARG=cv.node-0 FUNC=exp(x) PERIODIC=NO\nr: RESTRAINT ARG=s,cv.node-0 KAPPA=50,30 AT=0.2,0',
  ],
  [
    'UPDATE_IF',
    'r: RESTRAINT ARG=cv.node-0 KAPPA=50 AT=0.2\nUPDATE_IF ARG=cv.node-0 LESS_THAN=100\nPRINT ARG=cv.node-1 FILE=C\nUPDATE_IF ARG=cv.node-0 END',
  ],
  [
    'OPES_EXPANDED',
    'e: ECV_UMBRELLAS_LINE ARG=cv.node-0 TEMP=300 CV_MIN=-1 CV_MAX=1 SIGMA=0.3 BARRIER=20\no: OPES_EXPANDED ARG=e.* PACE=1 OBSERVATION_STEPS=1',
  ],
];

describe('one reverse pass serves who takes values alone', () => {
  for (const [name, input] of readers)
    it(name, async () => {
      const folder = await folderOf();
      const once = await forces(folder, model + input);
      const full = await forces(folder, model + input + reader);
      assert.match(once.log, /cv: forces by one reverse pass for all components/);
      assert.doesNotMatch(once.log, /Jacobian/);
      assert.match(full.log, /cv: forces by the Jacobian, as x takes a component/);
      assertClose(once.forces, full.forces, 1e-12);
    });
});

describe('what such an action is asked for is right', () => {
  it('its derivatives, by the chain rule', async () => {
    const folder = await folderOf();
    const input = `${model}s: CUSTOM ARG=cv.node-0 FUNC=x*x PERIODIC=NO\nPRINT ARG=cv.node-0 FILE=C FMT=%.12f\nDUMPDERIVATIVES ARG=s FILE=D FMT=%.12f`;
    await drive(folder, input, { trajectory: join(folder, 'traj.xyz') });
    const [values, derivatives] = await Promise.all(
      ['C', 'D'].map((file) => readNumbers(join(folder, file))),
    );
    values.forEach(([, cv], i) => assert.ok(Math.abs(derivatives[i][2] - 2 * cv) < 1e-10));
  });

  it('its gradients, which METAD with ADAPTIVE=GEOM takes from the atoms', async () => {
    const folder = await folderOf();
    const hills = async (actions: string, file: string): Promise<number[][]> => {
      const metad = `m: METAD ARG=s ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=1 PACE=1 FMT=%16.9f FILE=${file}`;
      await drive(folder, actions + metad, { trajectory: join(folder, 'traj.xyz') });
      return readNumbers(join(folder, file));
    };
    const twice = `${model}s: CUSTOM ARG=cv.node-0 FUNC=2*x PERIODIC=NO\n`;
    const received = await hills(twice, 'h');
    assert.deepEqual(received, await hills(twice + reader.trim() + '\n', 'h.full'));
    const plain = await hills(`${model}s: CUSTOM ARG=cv.node-0 FUNC=x PERIODIC=NO\n`, 'h.plain');
    received.forEach((row, i) => assert.ok(Math.abs(row[2] - 2 * plain[i][2]) < 1e-8 && row[2] > 1e-4));
  });
});
