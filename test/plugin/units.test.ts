import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { affine, constant, input } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { drive, runFolder, skipVectors } from './driver.js';

let folder: string;
before(async () => {
  folder = await runFolder();
  for (const unit of ['nm', 'A', 'rad', 'deg', 'kT', '']) await save(unit);
});

/** A model of two inputs of this unit; without labels, so that any two arguments fit. */
async function save(unit: string): Promise<void> {
  const x = input('x', ['n', 2]);
  const cv = affine(x, constant([1, -1], [2, 1], 'weight'), constant([0], [1], 'bias'));
  await saveModel(join(folder, `${unit || 'none'}.onnx`), {
    x,
    cv,
    metadata: {
      method: 'linear',
      network: '2-1',
      inputs: ['a', 'b'].map((label) => ({ label, unit, min: 0.25, max: 0.75 })),
      outputs: [{ name: 'node-0', min: 0, max: 1 }],
      check: { inputs: [[0.1, 0.2]] },
      training: {},
    },
  });
}

const run = (before: string, model: string, args: string): Promise<string> =>
  drive(
    folder,
    `${before}\ncv: ONNX_MODEL FILE=${model}.onnx ARG=${args} LABELS=ignore\nPRINT ARG=cv.node-0 FILE=C`,
  );

const distances = 'd: DISTANCE ATOMS=1,2\ne: DISTANCE ATOMS=1,3';
const angles = 'd: ANGLE ATOMS=1,2,4\ne: ANGLE ATOMS=1,3,5';

describe('the unit of an argument, where its action tells, is that of the file', () => {
  const contradictions: [string, string, string, string, RegExp][] = [
    [
      'distances in angstrom for nm',
      `UNITS LENGTH=A\n${distances}`,
      'nm',
      'd,e',
      /argument d is a length in A \(0\.1 nm\) but the model was trained on nm there: write UNITS LENGTH=nm, or give the model CUSTOM ARG=d FUNC=0\.1\*x PERIODIC=NO, with LABELS=ignore/,
    ],
    [
      'distances in nm for angstrom',
      distances,
      'A',
      'd,e',
      /argument d is a length in nm but the model was trained on A there: write UNITS LENGTH=A, or .*FUNC=10\*x/,
    ],
    [
      'components of a distance',
      'UNITS LENGTH=A\nd: DISTANCE ATOMS=1,2 COMPONENTS',
      'nm',
      'd.x,d.z',
      /argument d\.x is a length in A/,
    ],
    [
      'angles for lengths',
      angles,
      'nm',
      'd,e',
      /argument d is an angle in rad but the model was trained on nm/,
    ],
    [
      'angles in rad for degrees',
      angles,
      'deg',
      'd,e',
      /argument d is an angle in rad but the model was trained on deg there: .*FUNC=57\.2957795131\*x/,
    ],
    [
      'distances for angles',
      distances,
      'rad',
      'd,e',
      /argument d is a length in nm but .* trained on rad there/,
    ],
    [
      'a coordination number',
      'd: COORDINATION GROUPA=1 GROUPB=2-6 R_0=0.3\ne: DISTANCE ATOMS=1,2',
      'nm',
      'd,e',
      /argument d is a number without a unit/,
    ],
  ];
  for (const [what, actions, model, args, message] of contradictions)
    it(`refuses ${what}`, async () => {
      await assert.rejects(run(actions, model, args), message);
    });

  it('refuses a vector of distances', { skip: skipVectors }, async () => {
    const vector = 'UNITS LENGTH=A\nd: DISTANCE ATOMS1=1,2 ATOMS2=1,3';
    await assert.rejects(run(vector, 'nm', 'd'), /argument d is a length in A/);
  });

  for (const [what, actions, model, args] of [
    ['nm for nm', distances, 'nm', 'd,e'],
    ['angstrom for A', `UNITS LENGTH=A\n${distances}`, 'A', 'd,e'],
    ['rad for rad', angles, 'rad', 'd,e'],
    ['anything for a file without units', `UNITS LENGTH=A\n${distances}`, 'none', 'd,e'],
  ])
    it(`takes ${what}`, async () => {
      assert.doesNotMatch(await run(actions, model, args), /units are not compared/);
    });

  it('where it does not tell, the log gives the value and the range in training', async () => {
    const log = await run(`${distances}\ns: CUSTOM ARG=e FUNC=4*x PERIODIC=NO`, 'nm', 'd,s');
    assert.match(
      log,
      /ONNX_MODEL cv: units are not compared, as PLUMED does not tell those of these arguments: s is \d\.\d+ here and was 0\.25 to 0\.75 in nm in training\n/,
    );
    assert.match(
      await run(distances, 'kT', 'd,e'),
      /: d is .* in kT in training; e is .* in kT in training\n/,
    );
  });
});

it('with ATOMS, the log says both units', async () => {
  const regtest = await runFolder(join(packageRoot(), 'plumed-plugin', 'regtest', 'rt-atoms-angstrom'));
  const input = 'UNITS LENGTH=A\ncv: ONNX_MODEL FILE=model.onnx ATOMS=2,3,5,6';
  const log = await drive(regtest, input, { trajectory: join(regtest, 'traj.xyz') });
  assert.match(log, /lengths of the model are in nm, PLUMED's in A \(0\.1 nm\)\n/);
});
