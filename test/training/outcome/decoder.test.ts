import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { evaluate, mul } from '../../../src/graph/index.js';
import type { CvMethod } from '../../../src/models/index.js';
import { featureMap } from '../../../src/training/data/index.js';
import { decoderGraph } from '../../../src/training/outcome/decoder.js';
import { encoderGraph } from '../../../src/training/outcome/encoder.js';
import { fitSpread } from '../../../src/training/outcome/spread.js';
import { Random } from '../../../src/support/random.js';
import { difference } from '../../graph/numbers.js';

const columns = [
  { label: 'd' },
  { label: 'phi', period: [-Math.PI, Math.PI] as [number, number] },
  { label: 'e' },
  { label: 'turn', period: [0, 360] as [number, number] },
];
const map = featureMap(columns);
const width = 6;

/** A method whose latent is the scaled features themselves, tripled, and whose decoder is exact. */
const exact: CvMethod = {
  needs: {},
  parameters: [],
  width,
  encode: (_, x) => mul(x, 3),
  decode: (_, latent) => mul(latent, 1 / 3),
  predict: (_, latent) => mul(latent, 2),
  loss: () => {
    throw new Error('not trained');
  },
};

const random = new Random(2);
const noise = (count: number): number[] => Array.from({ length: count }, () => random.normal());
const spread = fitSpread(Float64Array.from(noise(500 * width)).map(Math.tanh), width, 0.5);
const parts = {
  method: exact,
  parameters: new Map<string, Float64Array>(),
  columns: columns.length,
  map,
  scaling: { mean: Float64Array.from(noise(width)), scale: Float64Array.of(0.5, 2, 1, 1, 3, 1) },
  latentMap: {
    offset: noise(width),
    matrix: new Matrix(Array.from({ length: width }, () => noise(width))),
    shift: noise(width),
  },
  spread,
  propertyScaling: { names: [...'abcdef'], mean: noise(width), deviation: [1, 2, 3, 4, 5, 6] },
};
const rows = Array.from({ length: 40 }, () => [
  random.normal(),
  random.uniform(-Math.PI, Math.PI),
  5 * random.normal(),
  random.uniform(0, 360),
]);
const feeds = { x: { shape: [rows.length, 4], data: Float64Array.from(rows.flat()) } };

test('scaling, periods, rotation, range and spread are all undone', () => {
  const { cv, property } = encoderGraph(parts);
  const decoder = decoderGraph(parts, columns)!;
  const known = evaluate({ cv, property: property! }, feeds);
  const back = evaluate(
    { reconstruction: decoder.reconstruction!, property: decoder.property! },
    { cv: { shape: [rows.length, width], data: known.cv.data } },
  );
  assert.ok(difference(back.reconstruction.data, rows.flat()) < 1e-7);
  assert.ok(difference(back.property.data, known.property.data) < 1e-7);
});

test('there is none of fewer CVs than latents, nor where the method has no way back', () => {
  const { matrix } = parts.latentMap;
  const fewer = { ...parts.latentMap, matrix: matrix.subMatrix(0, width - 1, 0, 1), shift: [0, 0] };
  assert.equal(decoderGraph({ ...parts, latentMap: fewer, spread: undefined }, columns), undefined);
  const oneWay = { ...exact };
  delete oneWay.decode;
  delete oneWay.predict;
  assert.equal(decoderGraph({ ...parts, method: oneWay }, columns), undefined);
});

test('a method that only predicts tells the properties of CVs', () => {
  const predicts = { ...exact };
  delete predicts.decode;
  const { reconstruction, property } = decoderGraph({ ...parts, method: predicts }, columns)!;
  assert.equal(reconstruction, undefined);
  assert.ok(property);
});
