import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { affine, constant, input } from '../../src/graph/index.js';
import { saveModel } from '../../src/onnx/index.js';
import { drive, readNumbers, runFolder } from './driver.js';

// PLUMED takes gradients, of which ADAPTIVE=GEOM makes the shape of a hill and DUMPPROJECTIONS a table, from the atoms
// of an action that has atoms, else from its arguments. A linear model has CUSTOM's numbers.
const weights = [0.8, -0.3, 0.5, 0.7, -0.6, 0.4];
const bias = [0.1, -0.2];

const distances = 'd1: DISTANCE ATOMS=1,2\nd2: DISTANCE ATOMS=2,5\nd3: DISTANCE ATOMS=3,6\n';
const custom = [0, 1]
  .map((k) => {
    const terms = ['x', 'y', 'z'].map((x, i) => `(${weights[2 * i + k]})*${x}`).join('+');
    return `c${k}: CUSTOM ARG=d1,d2,d3 FUNC=${terms}+(${bias[k]}) PERIODIC=NO\n`;
  })
  .join('');

let folder: string;
before(async () => {
  folder = await runFolder();
  const x = input('x', ['n', 3]);
  const cv = affine(x, constant(weights, [3, 2], 'weight'), constant(bias, [2], 'bias'));
  const range = { min: 0, max: 1 };
  await saveModel(join(folder, 'linear.onnx'), {
    x,
    cv,
    metadata: {
      method: 'linear',
      network: '3-2',
      inputs: ['d1', 'd2', 'd3'].map((label) => ({ label, unit: 'nm', ...range })),
      outputs: ['node-0', 'node-1'].map((name) => ({ name, ...range })),
      check: { inputs: [[0.1, 0.2, 0.3]] },
      training: {},
    },
  });
});

/** Both tables that the input makes, of the model and of CUSTOM. `CV0`, `CV1` and `FILE` stand for what differs. */
async function both(input: string): Promise<[number[][], number[][]]> {
  const run = async (actions: string, names: string[], file: string): Promise<number[][]> => {
    const text = input.replace('CV0', names[0]).replace('CV1', names[1]).replace('FILE', `FILE=${file}`);
    await drive(folder, distances + actions + text);
    return readNumbers(join(folder, file));
  };
  const model = 'cv: ONNX_MODEL FILE=linear.onnx ARG=d1,d2,d3\n';
  return [await run(model, ['cv.node-0', 'cv.node-1'], 'model'), await run(custom, ['c0', 'c1'], 'custom')];
}

function assertSame([received, expected]: [number[][], number[][]], from: number): void {
  assert.equal(received.length, expected.length);
  assert.ok(received.length > 0);
  received.flatMap((row, i) =>
    row.slice(from).map((value, j) => {
      const wanted = expected[i][j + from];
      // the model's weights are single precision
      assert.ok(Math.abs(value - wanted) < 1e-6 * Math.max(1, Math.abs(wanted)), `${value}, ${wanted}`);
    }),
  );
}

describe('with ARG, gradients are those that CUSTOM gives', () => {
  for (const [bias, cvs] of [
    ['METAD', 'CV0'],
    ['METAD', 'CV0,CV1'],
    ['PBMETAD', 'CV0'],
  ])
    it(`${bias} ADAPTIVE=GEOM of ${cvs}`, async () => {
      const one = `${bias} ARG=${cvs} ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=1.2${bias === 'METAD' ? '' : ' TEMP=300 BIASFACTOR=5'} PACE=1 FILE`;
      const tables = await both(one);
      assertSame(tables, 1);
      assert.ok(
        tables[0].every((row) => row[cvs.split(',').length + 1] > 0.01),
        'hills have a width',
      );
    });

  it('PBMETAD ADAPTIVE=GEOM of CV0,CV1', async () => {
    const hills = async (actions: string, names: string[], file: string): Promise<number[][]> => {
      const pb = `PBMETAD ARG=${names.join(',')} ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=1.2 TEMP=300 BIASFACTOR=5 PACE=1 FILE=${file}0,${file}1`;
      await drive(folder, distances + actions + pb);
      return (await Promise.all([0, 1].map((k) => readNumbers(join(folder, `${file}${k}`))))).flat();
    };
    const model = 'cv: ONNX_MODEL FILE=linear.onnx ARG=d1,d2,d3\n';
    assertSame(
      [
        await hills(model, ['cv.node-0', 'cv.node-1'], 'pbmodel'),
        await hills(custom, ['c0', 'c1'], 'pbcustom'),
      ],
      1,
    );
  });

  it('DUMPPROJECTIONS', async () => {
    const tables = await both('DUMPPROJECTIONS ARG=CV0,CV1,d1 FILE FMT=%16.9f');
    assertSame(tables, 1);
    const [first] = tables[0];
    assert.ok(first.length > 4 && first.slice(1).some((value) => Math.abs(value) > 0.1));
  });

  it('and a CUSTOM of a component has them from the model', async () => {
    const run = async (actions: string, name: string, file: string): Promise<number[][]> => {
      const input = `s: CUSTOM ARG=${name} FUNC=2*x*x PERIODIC=NO\nDUMPPROJECTIONS ARG=s FILE=${file} FMT=%16.9f`;
      await drive(folder, distances + actions + input);
      return readNumbers(join(folder, file));
    };
    const model = 'cv: ONNX_MODEL FILE=linear.onnx ARG=d1,d2,d3\n';
    assertSame([await run(model, 'cv.node-0', 'chain'), await run(custom, 'c0', 'chain.custom')], 1);
  });

  it('and the log says when they are needed', async () => {
    const model = `${distances}cv: ONNX_MODEL FILE=linear.onnx ARG=d1,d2,d3\n`;
    const log = await drive(
      folder,
      `${model}METAD ARG=cv.node-0 ADAPTIVE=GEOM SIGMA=0.05 HEIGHT=1 PACE=1 FILE=h`,
    );
    assert.match(log, /ONNX_MODEL cv: forces by the Jacobian, where PLUMED needs gradients/);
  });
});
