import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset } from '../../../src/frames/index.js';
import { featureMap } from '../../../src/training/data/features.js';
import { metricTable, metricTerms } from '../../../src/training/data/metric.js';

// A length and two angles of made-up gradients by four coordinates, and what the coordinates weigh.
const gradients = {
  d: [0.3, -1.2, 0.5, 0.1],
  phi: [2, 0.4, -0.7, 1.1],
  psi: [-0.2, 0.9, 1.3, -0.4],
};
const masses = [1, 12, 14, 16];
type Name = keyof typeof gradients;
const names = Object.keys(gradients) as Name[];

const product = (a: Name, b: Name): number =>
  masses.reduce((sum, mass, i) => sum + (gradients[a][i] * gradients[b][i]) / mass, 0);
const pairs = names.flatMap((a, i) => names.slice(i).map((b) => [a, b] as const));
const values = { d: 0.4, phi: -1.3, psi: 2.2 };

const columns: Dataset['columns'] = [
  ...names.map((label) => ({ label, ...(label !== 'd' && { period: [-Math.PI, Math.PI] as const }) })),
  ...pairs.map((metric) => ({ label: `metric ${metric.join(' ')}`, aside: true as const, metric })),
];
const table: Dataset = {
  columns,
  frames: 1,
  data: Float64Array.of(...names.map((name) => values[name]), ...pairs.map(([a, b]) => product(a, b))),
  time: Float64Array.of(0),
  segments: [{ start: 0, end: 1, source: 'test' }],
};
const inputs: Dataset = { ...table, columns: columns.slice(0, 3), data: table.data.slice(0, 3) };
const map = featureMap(inputs.columns);
// d, sines and cosines of both angles
const scaling = { mean: Float64Array.of(0.1, 0.2, 0, -0.3, 0), scale: Float64Array.of(0.05, 1, 0.7, 1, 0.9) };

/** Some function of the scaled features. */
const smooth = (f: readonly number[]): number => Math.sin(f[0]) + f[1] * f[4] - 0.5 * f[2] ** 2 + f[3] * f[0];

function features({ d, phi, psi }: typeof values): number[] {
  const raw = [d, Math.sin(phi), Math.sin(psi), Math.cos(phi), Math.cos(psi)];
  return raw.map((value, i) => (value - scaling.mean[i]) / scaling.scale[i]);
}

/** Derivative of a function of numbers by one of them, by central differences. */
function slope(of: (by: number) => number): number {
  return (of(1e-6) - of(-1e-6)) / 2e-6;
}

test('the squared gradient by mass-weighted coordinates follows from the derivatives by scaled features', () => {
  const terms = metricTerms({ table, inputs }, map)!;
  const products = metricTable({ table, inputs }, terms, { map, scaling, double: true });
  const at = features(values);
  const byFeature = at.map((_, i) => slope((by) => smooth(at.map((f, j) => (i === j ? f + by : f)))));
  const received = terms.reduce(
    (sum, { features: [a, b] }, i) => sum + products[i] * byFeature[a] * byFeature[b],
    0,
  );
  const expected = masses.reduce((sum, mass, i) => {
    const moved = (by: number): typeof values => ({
      d: values.d + by * gradients.d[i],
      phi: values.phi + by * gradients.phi[i],
      psi: values.psi + by * gradients.psi[i],
    });
    return sum + slope((by) => smooth(features(moved(by)))) ** 2 / mass;
  }, 0);
  assert.ok(Math.abs(received / expected - 1) < 1e-6, `${received} and ${expected}`);
});

test('without the gradient of every input there is none; inputs that are left out take theirs with them', () => {
  const lacking = { ...table, columns: columns.filter(({ label }) => label !== 'metric psi psi') };
  assert.equal(metricTerms({ table: lacking, inputs }, map), undefined);
  const plain = { ...table, columns: columns.slice(0, 3) };
  assert.equal(metricTerms({ table: plain, inputs }, map), undefined);
  const two: Dataset = { ...inputs, columns: inputs.columns.slice(0, 2) };
  const terms = metricTerms({ table, inputs: two }, featureMap(two.columns))!;
  assert.deepEqual(
    [...new Set(terms.map(({ column }) => columns[column].label))],
    ['metric d d', 'metric d phi', 'metric phi phi'],
  );
});
