import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baselinePredictions } from '../../src/properties/index.js';

// forty rows of four inputs, and scikit-learn 1.x's Ridge on inputs by their own deviation, and on their first two principal
// components by numpy.linalg.eigh, with the penalty of the least generalized cross-validation among the same nineteen
const x = [
  1.764, 0.4, 0.979, 2.241, 1.868, -0.977, 0.95, -0.151, -0.103, 0.411, 0.144, 1.454, 0.761, 0.122, 0.444,
  0.334, 1.494, -0.205, 0.313, -0.854, -2.553, 0.654, 0.864, -0.742, 2.27, -1.454, 0.046, -0.187, 1.533,
  1.469, 0.155, 0.378, -0.888, -1.981, -0.348, 0.156, 1.23, 1.202, -0.387, -0.302, -1.049, -1.42, -1.706,
  1.951, -0.51, -0.438, -1.253, 0.777, -1.614, -0.213, -0.895, 0.387, -0.511, -1.181, -0.028, 0.428, 0.067,
  0.302, -0.634, -0.363, -0.672, -0.36, -0.813, -1.726, 0.177, -0.402, -1.63, 0.463, -0.907, 0.052, 0.729,
  0.129, 1.139, -1.235, 0.402, -0.685, -0.871, -0.579, -0.312, 0.056, -1.165, 0.901, 0.466, -1.536, 1.488,
  1.896, 1.179, -0.18, -1.071, 1.054, -0.403, 1.222, 0.208, 0.977, 0.356, 0.707, 0.011, 1.786, 0.127, 0.402,
  1.883, -1.348, -1.27, 0.969, -1.173, 1.944, -0.414, -0.747, 1.923, 1.481, 1.868, 0.906, -0.861, 1.91,
  -0.268, 0.802, 0.947, -0.155, 0.614, 0.922, 0.376, -1.099, 0.298, 1.326, -0.695, -0.15, -0.435, 1.849,
  0.672, 0.407, -0.77, 0.539, -0.674, 0.032, -0.636, 0.676, 0.577, -0.208, 0.396, -1.093, -1.491, 0.439,
  0.167, 0.635, 2.383, 0.944, -0.913, 1.117, -1.316, -0.462, -0.068, 1.713, -0.745, -0.826, -0.098, -0.663,
  1.127, -1.08, -1.147, -0.438,
];
const y = [
  6.304, 9.876, 4.432, 5.765, 6.693, 1.824, 9.901, 3.209, 8.256, 3.728, 6.214, 4.835, 3.622, 6.642, 3.836,
  4.846, 4.925, 4.147, 8.673, 5.136, 2.16, 2.873, 1.426, 2.765, 1.69, 8.463, -0.599, 4.911, -0.037, 7.027,
  7.335, 4.468, 4.461, 3.594, 6.348, 2.663, 5.27, 4.821, 6.507, 8.114,
];
const fresh = [-0.369, -0.239, 1.1, 0.655, 0.64, -1.617, -0.024, -0.738, 0.28, -0.098, 0.91, 0.317];
const ridge = [5.727053798474963, 8.983808423150965, 5.951982162311091];
const onComponents = [4.625834849593904, 5.114945551772374, 4.668884088700114];

const close = (found: Float64Array, expected: readonly number[]): void =>
  expected.forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 1e-9, `${found[i]}, not ${value}`));

test('mean, ridge regression and ridge regression on principal components are those of scikit-learn', () => {
  const known = { data: x, width: 4, property: y };
  const found = baselinePredictions(known, { data: fresh, width: 4 }, 2);
  close(found.mean, new Array<number>(3).fill(y.reduce((sum, value) => sum + value / y.length, 0)));
  close(found.ridge, ridge);
  close(found['PCA and ridge'], onComponents);
});

test('rows without the property are not learned from', () => {
  const known = { data: [...x, 9, 9, 9, 9], width: 4, property: [...y, NaN] };
  close(baselinePredictions(known, { data: fresh, width: 4 }, 2).ridge, ridge);
});

test('more inputs than rows, and inputs that do not vary, have a prediction', () => {
  const data = Array.from({ length: 60 }, (_, i) => (i % 10 === 3 ? 1 : Math.sin(i * i)));
  const known = { data, width: 10, property: [1, 2, 3, 4, 5, 6] };
  const { ridge: found } = baselinePredictions(known, { data: data.slice(0, 10), width: 10 }, 3);
  assert.ok(Number.isFinite(found[0]) && Math.abs(found[0] - 1) < 3);
});
