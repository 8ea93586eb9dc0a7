import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Matrix } from 'ml-matrix';
import { applyAlignment, type LatentAlignment } from '../../src/campaign/align-latent.js';
import { ensembleDecoder } from '../../src/campaign/ensemble-decoder.js';
import { ensembleModel } from '../../src/campaign/index.js';
import { decode, design } from '../../src/design/index.js';
import { evaluate } from '../../src/graph/index.js';
import { readModelFile, writeModelFile, type DecoderGraph } from '../../src/onnx/index.js';
import { train, type TrainedEncoder } from '../../src/training/index.js';
import { Random } from '../../src/support/random.js';
import { datasetOf } from '../models/tables.js';

const half = Math.PI;

/** Two lengths, an angle that wraps, and a property, of two coordinates. */
function rows() {
  const random = new Random(3);
  const values = Array.from({ length: 400 }, () => {
    const [u, v] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    const angle = 3 + 0.4 * u;
    return [u, u - v, angle > half ? angle - 2 * half : angle, u * v];
  });
  const table = datasetOf(['a', 'b', 'phi', 'gap'], values);
  const columns = table.columns.map((column) =>
    column.label === 'phi' ? { ...column, period: [-half, half] as const } : column,
  );
  return { ...table, columns };
}

/** What a decoder says of CVs, by the reference evaluator. */
const saidBy = ({ cv, reconstruction, property }: DecoderGraph, data: Float64Array) => {
  const input = { cv: { shape: [data.length / 2, 2], data } };
  const found = evaluate({ reconstruction: reconstruction!, property: property! }, input, [cv]);
  return { reconstruction: found.reconstruction.data, property: found.property.data };
};

/** From a member's CVs to those of the ensemble: turned, stretched, shifted. */
const alignments: LatentAlignment[] = [
  { center: [0, 0], matrix: Matrix.eye(2), shift: [0, 0], agreement: 1 },
  {
    center: [0.1, -0.2],
    matrix: new Matrix([
      [0, -1.5],
      [0.8, 0.3],
    ]),
    shift: [0.3, 0.05],
    agreement: 1,
  },
];

describe('the decoder of an ensemble', () => {
  const cvs = Float64Array.from({ length: 40 }, (_, i) => Math.sin(3 * i));
  let members: TrainedEncoder[];

  before(async () => {
    const settings = { properties: ['gap'], hidden: [8], epochs: 30, learningRate: 1e-2, batch: 64 };
    members = await Promise.all(
      [1, 2].map((seed) =>
        train(rows(), { ...settings, method: 'multitask-autoencoder', split: 'random', seed }),
      ),
    );
  });

  it('is the mean of what members make of their own CVs, of an angle by its sine and cosine', () => {
    const found = saidBy(ensembleDecoder(members, alignments)!, cvs);
    const own = members.map(({ graph: { decoder } }, m) => {
      // the alignment undone by solving it, row by row
      const { center, matrix, shift } = alignments[m];
      const inverse = new Matrix(matrix).transpose();
      const back = Float64Array.from({ length: cvs.length }, (_, at) => {
        const row = at - (at % 2);
        const [x, y] = [cvs[row] - shift[0], cvs[row + 1] - shift[1]];
        const [[p, q], [r, s]] = inverse.to2DArray();
        const determinant = p * s - q * r;
        return at % 2 === 0
          ? center[0] + (s * x - q * y) / determinant
          : center[1] + (p * y - r * x) / determinant;
      });
      applyAlignment(back, alignments[m]).forEach((value, i) =>
        assert.ok(Math.abs(value - cvs[i]) < 1e-12, 'the test undoes the alignment'),
      );
      return saidBy(decoder!, back);
    });
    for (let row = 0; row < cvs.length / 2; row++) {
      const both = (i: number) => own.map(({ reconstruction }) => reconstruction[3 * row + i]);
      for (const i of [0, 1])
        assert.ok(Math.abs(found.reconstruction[3 * row + i] - (both(i)[0] + both(i)[1]) / 2) < 1e-9);
      const angles = both(2);
      const [sine, cosine] = [Math.sin, Math.cos].map((of) => of(angles[0]) + of(angles[1]));
      const off = found.reconstruction[3 * row + 2] - Math.atan2(sine, cosine);
      assert.ok(Math.abs(Math.sin(off)) < 1e-6 && Math.cos(off) > 0);
      const [first, second] = own.map(({ property }) => property[row]);
      assert.ok(Math.abs(found.property[row] - (first + second) / 2) < 1e-9);
    }
  });

  it('is what design and decode go by, with the spread of the members', async () => {
    const model = readModelFile(writeModelFile(ensembleModel(members)));
    const { candidates } = await design(model, { dataset: rows() }, 'min gap', { count: 3, starts: 20 });
    const [{ cv, told, again, nearest, meets }] = candidates;
    assert.equal(meets, true);
    assert.ok(again!.spread![0] > 0 && again!.uncertainty! > 0);
    // the least product of two numbers from −1 to 1 is −1
    assert.ok(told[0] < -0.5 && again!.properties[0] < -0.5 && nearest[0].properties[0] < -0.5);
    const { dataset } = await decode(model, datasetOf(['node-0', 'node-1'], [cv]));
    assert.deepEqual(
      dataset.columns.map(({ label }) => label),
      ['a', 'b', 'phi', 'gap'],
    );
    assert.ok(Math.abs(dataset.data[3] - told[0]) < 1e-6);
  });

  it('is not there where a member has none', () => {
    const { decoder, ...graph } = members[1].graph;
    assert.ok(decoder);
    assert.equal(ensembleDecoder([members[0], { ...members[1], graph }], alignments), undefined);
  });
});
