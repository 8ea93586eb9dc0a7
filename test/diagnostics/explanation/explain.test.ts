import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atomShares, explain } from '../../../src/diagnostics/explanation/index.js';
import type { Dataset } from '../../../src/frames/index.js';
import { constant, input, jacobian, matmul, tanh } from '../../../src/graph/index.js';
import { dataset, normals, twoStates } from '../synthetic.js';

const frames = 4000;
/** Two states that `told` tells apart by five deviations and `partly` by two; `copy` goes with the first. */
const state = twoStates(frames, 0.01, 0.02, 1);
const shifted = (by: number, seed: number): Float64Array =>
  normals(frames, seed).map((value, i) => value + by * state[i]);
const told = shifted(5, 2);
const columns = [
  normals(frames, 3),
  told,
  shifted(2, 4),
  told.map((value, i) => value + 0.1 * normals(frames, 5)[i]),
];
const inputs = dataset(['idle', 'told', 'partly', 'copy'], columns);
const known = { names: ['A', 'B'], state: Int32Array.from(state), from: 'made' };

const explained = (): ReturnType<typeof explain> => (once ??= explain(graph, inputs, known));
let once: ReturnType<typeof explain> | undefined;

const weight = [0, 0.4, 0.2, 0];
const x = input('x', ['n', 4]);
const cv = tanh(matmul(x, constant(weight, [4, 1], 'w')));
const graph = { x, cv, jacobian: jacobian(cv, x) };

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);

test('sensitivities of a state are means of its frames’ derivatives times the inputs’ deviations', async () => {
  const { sensitivity, states, tooFew } = (await explained())!;
  assert.deepEqual(tooFew, []);
  assert.deepEqual(
    states.map(({ frames }) => frames),
    [0, 1].map((own) => known.state.filter((each) => each === own).length),
  );
  const sigma = columns.map((column) => {
    const mean = meanOf([...column]);
    return Math.sqrt(meanOf([...column].map((value) => (value - mean) ** 2)));
  });
  const slope = Array.from(
    { length: frames },
    (_, i) => 1 - Math.tanh(0.4 * told[i] + 0.2 * columns[2][i]) ** 2,
  );
  const size = (of: (i: number) => boolean): number => meanOf(slope.filter((_, i) => of(i)));
  const parts = weight.map((own, i) => own * sigma[i]);
  const all = parts.reduce((a, b) => a + b, 0);
  [() => true, (i: number) => state[i] === 0, (i: number) => state[i] === 1].forEach((of, group) => {
    const [{ share, strength }] = sensitivity[group];
    parts.forEach((part, i) => assert.ok(Math.abs(share[i] - part / all) < 1e-9));
    // two thousand frames stand for all of a group
    assert.ok(Math.abs(strength - size(of) / size(() => true)) < 0.05, `${group}: ${strength}`);
  });
});

test('of inputs that tell the states one is enough; a copy of it and one that tells nothing are left out', async () => {
  const { told: found } = (await explained())!;
  const [{ state: one, against, steps, enough }, ...more] = found;
  assert.deepEqual([one, against, more.length], [0, 1, 0]);
  assert.deepEqual(steps[0].inputs, [1]);
  assert.equal(enough, 0);
  // Gaussians five deviations apart, cut in the middle: Φ(2.5)
  assert.ok(Math.abs(steps[0].accuracy - 0.9938) < 0.004, String(steps[0].accuracy));
  assert.ok(steps[0].coefficients[0] < 0, 'state A has the smaller values');
});

test('of a periodic input sine and cosine count once', async () => {
  // A at 0, B at ±π: no threshold of the angle tells them
  const angle = normals(frames, 6).map((value, i) => {
    const turned = 0.4 * value + (state[i] === 1 ? Math.PI : 0);
    return turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI));
  });
  const table: Dataset = dataset(['angle', 'idle'], [angle, columns[0]]);
  table.columns[0] = { label: 'angle', period: [-Math.PI, Math.PI] };
  const y = input('x', ['n', 2]);
  const s = matmul(y, constant([1, 1], [2, 1], 'v'));
  const { told: found } = (await explain({ x: y, cv: s, jacobian: jacobian(s, y) }, table, known))!;
  const [{ steps, enough }] = found;
  assert.deepEqual(steps[enough].inputs, [0]);
  assert.ok(steps[enough].accuracy > 0.99);
});

test('each of three states is told from all others; one with few frames is left out', async () => {
  const three = Int32Array.from(state, (own, i) => (i < 10 ? 3 : own === 1 && columns[0][i] > 0 ? 2 : own));
  const names = ['A', 'B', 'C', 'rare'];
  const found = (await explain(graph, inputs, { ...known, names, state: three }))!;
  assert.deepEqual(found.tooFew, ['rare']);
  assert.deepEqual(
    found.told.map(({ state: one, against }) => [one, against]),
    [0, 1, 2].map((one) => [one, undefined]),
  );
  const [a, , c] = found.told.map(({ steps, enough }) => steps[enough].inputs.toSorted());
  assert.deepEqual(a, [1]);
  assert.deepEqual(c.slice(0, 2), [0, 1]);
  const alone = { ...known, state: Int32Array.from(state, () => 0) };
  assert.equal(await explain(graph, inputs, alone), undefined);
});

test('shares of inputs are dealt out to their atoms', async () => {
  const explanation = (await explained())!;
  const atoms = [[1, 2], [2, 3], [3, 4, 5, 6], [7]].map((serials) => serials.map((serial) => ({ serial })));
  const shares = atomShares(explanation, atoms);
  const [{ share }] = explanation.sensitivity[0];
  const of = (serial: number): number => shares.find((atom) => atom.serial === serial)!.share[0][0];
  assert.ok(Math.abs(of(2) - (share[0] + share[1]) / 2) < 1e-12);
  assert.ok(Math.abs(of(3) - (share[1] / 2 + share[2] / 4)) < 1e-12);
  assert.ok(Math.abs(shares.reduce((sum, atom) => sum + atom.share[0][1], 0) - 1) < 1e-9);
});
