import assert from 'node:assert/strict';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder } from './driver.js';

// Values that are finite with derivatives that are not: nothing but the forces would tell.
let folder: string, trajectory: string;
before(async () => {
  folder = await runFolder();
  await cp(join(packageRoot(), 'test', 'fixtures', 'no-derivative'), folder, { recursive: true });
  trajectory = join(folder, 'two.xyz');
  // along x in the first frame; in the second the y of the distance is 0 as well
  const frames = ['0.9 0.2 0', '1.5 0 0'].map((second) => `2\n20 20 20\nX 0 0 0\nX ${second}\n`);
  await writeFile(trajectory, frames.join(''));
});

const input = (model: string, user: string): string =>
  `d: DISTANCE ATOMS=1,2 NOPBC COMPONENTS\ncv: ONNX_MODEL FILE=${model} ARG=d.y\n${user}`;

describe('a derivative that is not finite stops the run, with the step, the component and the argument', () => {
  for (const [model, value] of [
    ['where-log.onnx', '-?nan'],
    ['pow-03.onnx', 'inf'],
  ])
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
          drive(folder, input(model, user), { trajectory }),
          new RegExp(
            `ONNX_MODEL cv at step 1: the derivative of component cv\\.node-0 by argument d\\.y is ${value}, expected a finite number, though its value is finite\\..* a wall keeps the run`,
            'i',
          ),
        );
      });

  it('and printing alone goes on', async () => {
    await drive(folder, input('pow-03.onnx', 'PRINT ARG=cv.node-0 FILE=COLVAR'), { trajectory });
    assert.equal((await readNumbers(join(folder, 'COLVAR')))[1][1], 0);
  });

  it('a switching function by hand is right or stops', async () => {
    const restrained = 'd: DISTANCE ATOMS=1,2 NOPBC\ncv: ONNX_MODEL FILE=fermi.onnx ARG=d PRECISION=float\n';
    const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.12f'];
    const run = drive(folder, `${restrained}RESTRAINT ARG=cv.node-0 AT=0 KAPPA=10`, { trajectory, extra });
    const stopped = await run.then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    if (stopped !== '') return assert.match(stopped, /is -?nan, .*PRECISION=double reaches further/);
    assert.ok((await readNumbers(join(folder, 'forces'))).flat().every(Number.isFinite));
  });
});

it('a force on a component that is not finite is told as what it is', async () => {
  const user = 'w: CUSTOM ARG=cv.node-0 FUNC=sqrt(x-1) PERIODIC=NO\nb: BIASVALUE ARG=w';
  await assert.rejects(
    drive(folder, input('pow-03.onnx', user), { trajectory }),
    /ONNX_MODEL cv at step 0: the force that other actions put on cv\.node-0 is -?nan, expected a finite number/,
  );
});
