import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/support/folders.js';
import { drive, readNumbers, runFolder } from './driver.js';

const regtest = (name: string): Promise<string> =>
  runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', name));
const bias =
  'r: RESTRAINT ARG=cv.node-0,cv.node-1 KAPPA=50,20 AT=0.2,-0.1\nPRINT ARG=cv.* FILE=COLVAR FMT=%.10f';

async function run(folder: string, input: string, trajectory: string) {
  const extra = ['--dump-forces', 'forces', '--dump-forces-fmt', '%.10f', '--dump-full-virial'];
  await drive(folder, `${input}\n${bias}`, { trajectory, extra });
  const [values, forces] = await Promise.all(['COLVAR', 'forces'].map((f) => readNumbers(join(folder, f))));
  return [...values.flat(), ...forces.flat()];
}

describe('a molecule broken across the boundary', () => {
  // six atoms within 0.6 nm, around the corner of a box of 2 nm and more
  const whole = [
    [0.1, 0, 0.2],
    [0.25, 0.1, 0],
    [-0.1, -0.15, 0.1],
    [-0.2, 0.1, -0.2],
    [0.2, -0.2, -0.1],
    [0, 0.3, 0.25],
  ];
  const boxes: Record<string, number[][]> = {
    orthorhombic: [
      [2, 0, 0],
      [0, 2.2, 0],
      [0, 0, 2.4],
    ],
    triclinic: [
      [2, 0, 0],
      [0.5, 2.2, 0],
      [-0.4, 0.6, 2.4],
    ],
  };

  async function trajectory(folder: string, name: string, box: number[][], atoms: number[][]) {
    const path = join(folder, name);
    const lines = atoms.map((r) => `X ${r.map((c) => c.toFixed(9)).join(' ')}`);
    await writeFile(path, `6\n${box.flat().join(' ')}\n${lines.join('\n')}\n`);
    return path;
  }

  for (const [name, box] of Object.entries(boxes)) {
    const images = [
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, -1],
      [-1, 0, 1],
      [1, 1, 1],
      [0, -2, 0],
    ];
    const broken = whole.map((r, i) =>
      r.map((c, axis) => c + box.reduce((sum, vector, v) => sum + images[i][v] * vector[axis], 0)),
    );
    const inputs: [string, string, string][] = [
      ['each difference to its nearest image', 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6', ''],
      [
        'WHOLEMOLECULES before, and NOPBC',
        'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 NOPBC',
        'WHOLEMOLECULES ENTITY0=1-6\n',
      ],
    ];
    for (const [how, action, before] of inputs)
      it(`gives what the whole one does, ${name}: ${how}`, async () => {
        const folder = await regtest('rt-atoms-none');
        const mended = await run(
          folder,
          before + action,
          await trajectory(folder, 'broken.xyz', box, broken),
        );
        const expected = await run(folder, action, await trajectory(folder, 'whole.xyz', box, whole));
        assert.ok(Math.max(...expected.map(Math.abs)) > 10);
        // the trajectories' nine decimals
        expected.forEach((value, i) =>
          assert.ok(Math.abs(value - mended[i]) < 1e-6, `${value}, ${mended[i]}`),
        );
      });

    it(`is another one without either, ${name}`, async () => {
      const folder = await regtest('rt-atoms-none');
      const action = 'cv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6 NOPBC';
      const [a, b] = [
        await run(folder, action, await trajectory(folder, 'broken.xyz', box, broken)),
        await run(folder, action, await trajectory(folder, 'whole.xyz', box, whole)),
      ];
      assert.ok(a.some((value, i) => Math.abs(value - b[i]) > 0.1));
    });
  }
});

describe('ATOMS', () => {
  // the phi of residue 2 is atoms 2, 3, 5 and 6
  const pdb =
    [
      'ATOM      1  CH3 ACE A   1       0.000   0.000   0.000  1.00  1.00',
      'ATOM      2  C   ACE A   1       1.000   0.000   0.000  1.00  1.00',
      'ATOM      3  N   ALA A   2       2.000   0.000   0.000  1.00  1.00',
      'ATOM      4  H   ALA A   2       2.000   1.000   0.000  1.00  1.00',
      'ATOM      5  CA  ALA A   2       3.000   0.000   0.000  1.00  1.00',
      'ATOM      6  C   ALA A   2       4.000   0.000   0.000  1.00  1.00',
      'END',
    ].join('\n') + '\n';
  const cases: [string, string, string][] = [
    ['a range', '', '2-3,5-6'],
    ['a group', 'g: GROUP ATOMS=2,3,5,6\n', 'g'],
    ['a group with atoms removed', 'g: GROUP ATOMS=1-6 REMOVE=1,4\n', 'g'],
    ['a torsion of MOLINFO', 'MOLINFO STRUCTURE=molecule.pdb\n', '@phi-2'],
    ['atoms by name', 'MOLINFO STRUCTURE=molecule.pdb\n', '@C-1,@N-2,@CA-2,@C-2'],
    [
      'all but hydrogens, less one',
      'MOLINFO STRUCTURE=molecule.pdb\ng: GROUP ATOMS=@nonhydrogens REMOVE=1\n',
      'g',
    ],
  ];
  for (const [what, before, atoms] of cases)
    it(`takes ${what}`, async () => {
      const folder = await regtest('rt-atoms-none');
      await writeFile(join(folder, 'molecule.pdb'), pdb);
      const input = `${before}cv: ONNX_MODEL FILE=model.onnx ATOMS=${atoms}\nPRINT ARG=cv.* FILE=COLVAR FMT=%.8f`;
      await drive(folder, input, { trajectory: join(folder, 'traj.xyz') });
      const [received, expected] = await Promise.all(
        ['COLVAR', 'COLVAR.reference'].map((file) => readNumbers(join(folder, file))),
      );
      // two values and the time; the last printed digit may round either way
      expected.forEach((row, t) =>
        [0, 1, 2].forEach((i) => assert.ok(Math.abs(row[i] - received[t][i]) < 1.1e-8)),
      );
    });
});
