import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { div, input, mul, reshape, type Tensor } from '../../src/graph/index.js';
import { writeOnnx } from '../../src/onnx/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder } from './driver.js';

// Values that are finite with derivatives that are not: nothing but the forces would tell. The native evaluator has a
// derivative everywhere, so these come from files that carry their own.
const models: [string, string, (x: Tensor) => Tensor][] = [
  ['infinite.onnx', 'inf', (x) => div(1, x)],
  ['nan.onnx', '-?nan', (x) => div(x, x)],
];

let folder: string, trajectory: string;
before(async () => {
  folder = await runFolder();
  const x = input('x', ['n', 1]);
  for (const [name, , derivative] of models)
    await writeFile(
      join(folder, name),
      writeOnnx({
        outputs: { cv: mul(x, 2), jacobian: reshape(derivative(x), ['n', 1, 1]) },
        precision: 'double',
      }),
    );
  await cp(join(packageRoot(), 'test', 'fixtures', 'foreign-models', 'cases'), folder, { recursive: true });
  trajectory = join(folder, 'two.xyz');
  // along x in the first frame; in the second the y of the distance is 0
  const frames = ['0.9 0.2 0', '1.5 0 0'].map((second) => `2\n20 20 20\nX 0 0 0\nX ${second}\n`);
  await writeFile(trajectory, frames.join(''));
});

const lineOf = (model: string, user: string, more = ''): string =>
  `d: DISTANCE ATOMS=1,2 NOPBC COMPONENTS\ncv: ONNX_MODEL FILE=${model} ARG=d.y${more}\n${user}`;

describe('a derivative that is not finite stops the run, with the step, the component and the argument', () => {
  for (const [model, value] of models)
    for (const [what, user] of [
      ['as a force', 'RESTRAINT ARG=cv.node-0 AT=1 KAPPA=10'],
      [
        'as a force through CUSTOM',
        's: CUSTOM ARG=cv.node-0 FUNC=2*x PERIODIC=NO\nRESTRAINT ARG=s AT=1 KAPPA=10',
      ],
      ['as a derivative that is read', 'DUMPDERIVATIVES ARG=cv.node-0 FILE=D'],
    ])
      it(`${model}, ${what}`, async () => {
        await assert.rejects(
          drive(folder, lineOf(model, user, ' EVALUATOR=onnxruntime'), { trajectory }),
          new RegExp(
            `ONNX_MODEL cv at step 1: the derivative of component cv\\.node-0 by argument d\\.y is ${value}, expected a finite number, though its value is finite\\..* a wall keeps the run`,
            'i',
          ),
        );
      });

  it('and printing alone goes on', async () => {
    const print = 'PRINT ARG=cv.node-0 FILE=COLVAR';
    await drive(folder, lineOf('nan.onnx', print, ' EVALUATOR=onnxruntime'), { trajectory });
    assert.equal((await readNumbers(join(folder, 'COLVAR')))[1][1], 0);
  });
});

describe('functions without a derivative, or with exponentials that overflow, are finite natively', () => {
  // 0 in the second frame; 1.5 nm there, where the Fermi function by hand overflows in float
  for (const [model, argument] of [
    ['where-log.onnx', 'd.y'],
    ['pow-03.onnx', 'd.y'],
    ['fermi.onnx', 'd.x'],
  ])
    for (const precision of ['double', 'float'])
      it(`${model} in ${precision}`, async () => {
        const restraint = 'RESTRAINT ARG=cv.node-0 AT=5 KAPPA=10';
        const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.12f'];
        const more = ` PRECISION=${precision} LABELS=ignore`;
        const text = lineOf(model, restraint, more).replace('ARG=d.y', `ARG=${argument}`);
        await drive(folder, text, { trajectory, extra });
        const forces = (await readNumbers(join(folder, 'forces'))).flat();
        assert.ok(forces.length > 0 && forces.every(Number.isFinite));
      });
});

it('a force on a component that is not finite is told as what it is', async () => {
  const user = 'w: CUSTOM ARG=cv.node-0 FUNC=sqrt(x-1) PERIODIC=NO\nb: BIASVALUE ARG=w';
  await assert.rejects(
    drive(folder, lineOf('pow-03.onnx', user), { trajectory }),
    /ONNX_MODEL cv at step 0: the force that other actions put on cv\.node-0 is -?nan, expected a finite number/,
  );
});
