import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder, skipRegtest } from './driver.js';

const restraint = 'r: RESTRAINT ARG=cv.node-0,cv.node-1 KAPPA=50,20 AT=0.2,-0.1';
const torsions = 'phi: TORSION ATOMS=1,2,3,4 NOPBC\npsi: TORSION ATOMS=2,3,4,5 NOPBC\n';
const scalars = 'd1: DISTANCE ATOMS=2,3\nd2: DISTANCE ATOMS=2,5\nd3: DISTANCE ATOMS=3,6\n';
const mixed = 'd1: DISTANCE ATOMS=2,3\nd: DISTANCE ATOMS1=2,5 ATOMS2=3,6\n';

const models: [string, string, string][] = [
  ['rt-atoms-triclinic', '', 'ATOMS=2,3,5,6'],
  ['rt-atoms-aligned', '', 'ATOMS=2,3,5,6'],
  ['rt-arg-torsions', torsions, 'ARG=phi,psi'],
  ['rt-arg-scalars', scalars, 'ARG=d1,d2,d3'],
  ['rt-arg-vector', 'd: DISTANCE ATOMS1=2,3 ATOMS2=2,5 ATOMS3=3,6\n', 'ARG=d'],
  ['rt-arg-mixed', mixed, 'ARG=d1,d LABELS=ignore'],
];

const regtest = (name: string): Promise<string> =>
  runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', name));

async function run(folder: string, input: string): Promise<{ forces: number[]; log: string }> {
  const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.8f'];
  const log = await drive(folder, input, { trajectory: join(folder, 'traj.xyz'), extra });
  return { forces: (await readNumbers(join(folder, 'forces'))).flat(), log };
}

describe('NUMERICAL_DERIVATIVES, which PLUMED offers for every action, give the forces', () => {
  for (const [name, before, keyword] of models)
    it(name, { skip: skipRegtest(name) }, async () => {
      const folder = await regtest(name);
      const action = `${before}cv: ONNX_MODEL FILE=model.onnx ${keyword}`;
      const analytical = await run(folder, `${action}\n${restraint}`);
      const numerical = await run(folder, `${action} NUMERICAL_DERIVATIVES\n${restraint}`);
      const size = Math.max(...analytical.forces.map(Math.abs));
      assert.ok(size > 10, `forces of up to ${size}`);
      analytical.forces.forEach((value, i) =>
        assert.ok(Math.abs(value - numerical.forces[i]) < 1e-5 * size, `${value}, ${numerical.forces[i]}`),
      );
      assert.match(numerical.log, /ONNX_MODEL cv: forces by numerical derivatives\n/);
      assert.doesNotMatch(numerical.log, /reverse pass|Jacobian|mean nothing/);
    });
});

it('outside has no derivatives, and they are none numerically', async () => {
  const folder = await regtest('rt-atoms-outside');
  const model = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 OUTSIDE NUMERICAL_DERIVATIVES\n';
  const { forces } = await run(folder, `${model}b: RESTRAINT ARG=cv.outside KAPPA=1000 AT=-3`);
  assert.ok(
    forces.every((force) => force === 0 || force === 6),
    'no forces on six atoms',
  );
  await run(folder, `${model}DUMPDERIVATIVES ARG=cv.outside FILE=D`);
  assert.ok((await readNumbers(join(folder, 'D'))).every(([, , derivative]) => derivative === 0));
});

it('the log says that they mean nothing in single precision', async () => {
  const folder = await regtest('rt-atoms-float');
  for (const float of ['PRECISION=float', 'EVALUATOR=onnxruntime']) {
    const input = `cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 ${float} NUMERICAL_DERIVATIVES`;
    assert.match(
      await drive(folder, input),
      /WARNING.*: NUMERICAL_DERIVATIVES mean nothing here: the model runs in/,
    );
  }
});
