import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder, skipRegtest } from './driver.js';

// Where only actions that send forces take the components, those are one reverse pass; who reads derivatives, as
// this one, which has no effect on the forces, makes the action compute the Jacobian.
const reader = '\ns: DUMPDERIVATIVES ARG=cv.node-0 FILE=derivatives';

const distances = 'd1: DISTANCE ATOMS=2,3\nd2: DISTANCE ATOMS=2,5\nd3: DISTANCE ATOMS=3,6\n';
const vector = 'd: DISTANCE ATOMS1=2,3 ATOMS2=2,5 ATOMS3=3,6\n';
const models: [string, string][] = [
  ['rt-atoms-triclinic', 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6'],
  ['rt-atoms-angstrom', 'UNITS LENGTH=A\ncv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6'],
  ['rt-atoms-onnxruntime', 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 EVALUATOR=onnxruntime'],
  ['rt-atoms-uncertainty', 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 UNCERTAINTY'],
  ['rt-arg-scalars', `${distances}cv: ONNX_MODEL FILE=model.onnx ARG=d1,d2,d3`],
  ['rt-arg-vector', `${vector}cv: ONNX_MODEL FILE=model.onnx ARG=d`],
];
const biases: [string, string][] = [
  ['the first component', 'a: RESTRAINT ARG=cv.node-0 KAPPA=50 AT=0.2'],
  ['the second', 'a: UPPER_WALLS ARG=cv.node-1 KAPPA=20 AT=-5'],
  [
    'both, twice',
    'a: RESTRAINT ARG=cv.node-1,cv.node-0 KAPPA=50,20 AT=0.2,-0.1\nb: RESTRAINT ARG=cv.node-0 KAPPA=70 AT=1',
  ],
];

interface Outcome {
  forces: number[];
  log: string;
}

async function run(folder: string, input: string): Promise<Outcome> {
  const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.12f', '--dump-full-virial'];
  const log = await drive(folder, input, { trajectory: join(folder, 'traj.xyz'), extra });
  return { forces: (await readNumbers(join(folder, 'forces'))).flat(), log };
}

const regtest = (name: string): Promise<string> =>
  runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', name));

describe('one reverse pass gives the forces that the Jacobian gives', () => {
  for (const [name, model] of models)
    for (const [what, bias] of biases)
      it(`${name}, ${what} biased`, { skip: skipRegtest(name) }, async () => {
        const folder = await regtest(name);
        const once = await run(folder, `${model}\n${bias}\nPRINT ARG=cv.* FILE=COLVAR`);
        const full = await run(folder, `${model}\n${bias}${reader}`);
        assert.match(once.log, /cv: forces by one reverse pass for all components/);
        assert.match(full.log, /cv: forces by the Jacobian, as s takes a component/);
        const largest = Math.max(...full.forces.map(Math.abs));
        assert.ok(largest > 10, `forces and virial of up to ${largest}`);
        // two units of the last of the 12 printed decimals, and rounding; ONNX Runtime's Jacobian is the same float one
        full.forces.forEach((force, i) =>
          assert.ok(
            Math.abs(force - once.forces[i]) < 2e-12 + 1e-14 * largest,
            `${force}, ${once.forces[i]}`,
          ),
        );
      });
});

describe('who reads derivatives gets them', () => {
  it('DUMPDERIVATIVES: with them, the forces of the bias by the chain rule', async () => {
    const folder = await regtest('rt-atoms-orthorhombic');
    const input =
      'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\nr: RESTRAINT ARG=cv.node-0 KAPPA=50 AT=0.2\n';
    const { forces } = await run(folder, `${input}PRINT ARG=cv.node-0 FILE=COLVAR FMT=%.12f`);
    await run(folder, `${input}DUMPDERIVATIVES ARG=cv.node-0,cv.node-1 FILE=DERIVATIVES FMT=%.12f`);
    const [cv] = await readNumbers(join(folder, 'COLVAR'));
    const derivatives = (await readNumbers(join(folder, 'DERIVATIVES'))).slice(0, 12);
    // a frame: the number of atoms, the virial's nine numbers, six atoms
    const atoms = [2, 3, 5, 6].flatMap((serial) => forces.slice(10 + 3 * (serial - 1), 10 + 3 * serial));
    const expected = derivatives.map(([, , derivative]) => -50 * (cv[1] - 0.2) * derivative);
    assert.ok(Math.max(...expected.map(Math.abs)) > 1);
    expected.forEach((force, i) => assert.ok(Math.abs(force - atoms[i]) < 1e-9, `${force}, ${atoms[i]}`));
  });

  it('METAD with widths by gradients, which asks for them without taking them as arguments', async () => {
    const folder = await regtest('rt-atoms-orthorhombic');
    const metad =
      'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6\nm: METAD ARG=cv.node-0,cv.node-1 ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=1 PACE=1 FMT=%.9f';
    const hills = async (more: string): Promise<string> => {
      await run(folder, `${metad} FILE=HILLS${more ? '.full' : ''}${more}`);
      return readFile(join(folder, more ? 'HILLS.full' : 'HILLS'), 'utf8');
    };
    const [received, expected] = [await hills(''), await hills(reader)];
    assert.equal(received, expected);
    assert.ok(!expected.includes('nan'));
  });
});

describe('the component outside', () => {
  const model = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 OUTSIDE';
  const bias = '\na: RESTRAINT ARG=cv.node-0 KAPPA=50 AT=0.2';

  for (const [what, more] of [
    ['one reverse pass', ''],
    ['the Jacobian', reader],
  ])
    it(`has no derivatives: a bias on it exerts no force, with ${what}`, async () => {
      const folder = await regtest('rt-atoms-outside');
      const without = await run(folder, `${model}${bias}${more}`);
      const biased = await run(
        folder,
        `${model}${bias}${more}\nb: RESTRAINT ARG=cv.outside KAPPA=1000 AT=-3`,
      );
      const alone = await run(folder, `${model}${more}\nb: RESTRAINT ARG=cv.outside KAPPA=1000 AT=-3`);
      assert.deepEqual(biased.forces, without.forces);
      assert.ok(alone.forces.every((force, i) => force === (i % 28 === 0 ? 6 : 0)));
    });

  it('stops a run through COMMITTOR', async () => {
    const folder = await regtest('rt-atoms-outside');
    // rt-atoms-outside/COLVAR.reference: above 1 from the third frame on
    const input = `${model}\nCOMMITTOR ARG=cv.outside STRIDE=1 BASIN_LL1=1 BASIN_UL1=1e9\nPRINT ARG=cv.outside FILE=COLVAR`;
    await drive(folder, input, { trajectory: join(folder, 'traj.xyz') });
    assert.equal((await readNumbers(join(folder, 'COLVAR'))).length, 3);
  });
});

describe('the component uncertainty', () => {
  const model = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 UNCERTAINTY\n';

  it('has the derivatives that PLUMED finds by differences, with the Jacobian and with one pass', async () => {
    const folder = await regtest('rt-atoms-uncertainty');
    const bias = 'w: UPPER_WALLS ARG=cv.uncertainty AT=0.1 KAPPA=500';
    const [once, full, numerical] = [
      await run(folder, model + bias),
      await run(folder, model + bias + reader),
      await run(folder, model.replace('\n', ' NUMERICAL_DERIVATIVES\n') + bias),
    ];
    const largest = Math.max(...full.forces.map(Math.abs));
    assert.ok(largest > 10);
    full.forces.forEach((force, i) => {
      assert.ok(Math.abs(force - once.forces[i]) < 1e-11);
      assert.ok(Math.abs(force - numerical.forces[i]) < 1e-5 * largest);
    });
  });

  it('stops a run through COMMITTOR, which leaves the forces to one reverse pass', async () => {
    const folder = await regtest('rt-atoms-uncertainty');
    // COLVAR.reference: 0.36, 0.29, and 0.59 in the third frame
    const stop =
      'r: RESTRAINT ARG=cv.node-0 KAPPA=1 AT=0\nCOMMITTOR ARG=cv.uncertainty STRIDE=1 BASIN_LL1=0.55 BASIN_UL1=1e9\n';
    const { log } = await run(folder, `${model}${stop}PRINT ARG=cv.uncertainty FILE=COLVAR`);
    assert.equal((await readNumbers(join(folder, 'COLVAR'))).length, 3);
    assert.match(log, /forces by one reverse pass/);
  });

  it('is not there unless asked for', async () => {
    const folder = await regtest('rt-atoms-uncertainty');
    await run(folder, `${model.replace(' UNCERTAINTY', '')}PRINT ARG=cv.* FILE=COLVAR`);
    const header = await readFile(join(folder, 'COLVAR'), 'utf8');
    assert.match(header, /^#! FIELDS time cv\.node-0 cv\.node-1\n/);
  });
});
