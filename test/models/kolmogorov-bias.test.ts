import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constant, evaluate, gradient, input, matmul, reduceSum, tanh } from '../../src/graph/index.js';
import { kolmogorovBias } from '../../src/models/kolmogorov-bias.js';

const settings = { kT: 2.5, lambda: 1.5, epsilon: 1e-6 };
const x = input('x', ['n', 2]);
/** z = tanh(x₀ + 2 x₁) + 0.5 tanh(x₀ − x₁), in numbers and as a graph. */
const z = ([a, b]: readonly number[]): number => Math.tanh(a + 2 * b) + 0.5 * Math.tanh(a - b);
const graph = matmul(tanh(matmul(x, constant([1, 1, 2, -1], [2, 2]))), constant([1, 0.5], [2, 1]));
const q = (at: readonly number[]): number => 1 / (1 + Math.exp(-z(at)));

const bias = kolmogorovBias(graph, x, settings);
const force = gradient(reduceSum(bias), [x])[0];

function at(point: readonly number[]): { value: number; slope: number[] } {
  const feeds = { x: { shape: [1, 2], data: [...point] } };
  const found = evaluate<'bias' | 'force'>({ bias, force }, feeds, [x]);
  return { value: found.bias.data[0], slope: [...found.force.data] };
}

/** By central differences of a function of two numbers. */
function differences(
  of: (point: readonly number[]) => number,
  point: readonly number[],
  h: number,
): number[] {
  return [0, 1].map((i) => {
    const moved = (by: number): number[] => point.map((value, j) => value + (i === j ? by : 0));
    return (of(moved(h)) - of(moved(-h))) / (2 * h);
  });
}

const points = [
  [0, 0],
  [0.3, -0.2],
  [-1, 0.7],
  [2, 1],
];

test('the bias is −λ kT (ln(|∇q|² + ε) − ln ε), with ∇q by differences', () => {
  for (const point of points) {
    const slope = differences(q, point, 1e-5).reduce((sum, part) => sum + part ** 2, 0);
    const { kT, lambda, epsilon } = settings;
    const expected = -lambda * kT * (Math.log(slope + epsilon) - Math.log(epsilon));
    const { value } = at(point);
    assert.ok(Math.abs(value - expected) < 1e-6 * Math.abs(expected), `${value} and ${expected}`);
  }
});

test('its derivative is that of central differences', () => {
  for (const point of points) {
    const { slope } = at(point);
    const expected = differences((p) => at(p).value, point, 1e-4);
    slope.forEach((part, i) => assert.ok(Math.abs(part - expected[i]) < 1e-5, `${part} and ${expected[i]}`));
  }
});

test('it is 0 where q is flat, and so is its derivative', () => {
  const steep = kolmogorovBias(matmul(x, constant([50, 50], [2, 1])), x, settings);
  const feeds = { x: { shape: [2, 2], data: [1, 1, -1, -1] } };
  const slope = gradient(reduceSum(steep), [x])[0];
  const found = evaluate<'steep' | 'slope'>({ steep, slope }, feeds, [x]);
  for (const value of [...found.steep.data, ...found.slope.data])
    assert.ok(Math.abs(value) < 1e-12, String(value));
});
