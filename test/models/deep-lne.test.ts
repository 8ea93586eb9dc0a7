import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluate, gradient, input, jacobian, type Feed, type Tensor } from '../../src/graph/index.js';
import { methods, type CvMethod, type TrainingTable } from '../../src/models/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import { packageRoot } from '../../src/support/folders.js';
import { train } from '../../src/training/index.js';
import { difference } from '../graph/numbers.js';
import { arc, arcClass, arcTraining } from './arc.js';
import { moments } from './crescents.js';
import { correlation } from './eigenfunctions.js';
import { datasetOf } from './tables.js';

interface Case {
  options: Record<string, unknown>;
  features: number;
  labelled: boolean;
  x: number[];
  weight: number[];
  state: number[];
  parameters: Record<string, Feed>;
  cv: number[];
  loss: number;
}

// test/fixtures/deep_lne.py: NumPy, after the authors' notebook
const { cases } = JSON.parse(
  readFileSync(join(packageRoot(), 'test', 'fixtures', 'deep-lne.json'), 'utf8'),
) as { cases: Case[] };

function methodOf({ options, features, labelled, x, state }: Case): CvMethod {
  const data = labelled
    ? { states: 3, properties: 0, stateNames: ['0', '1', '2'] }
    : { states: 0, properties: 0 };
  const made = methods['deep-lne'].create(
    { features, hidden: [5], latent: 2, activation: 'tanh' },
    options,
    data,
  );
  return made.fitted!({
    ...{ features: Float64Array.from(x), width: features },
    ...{ now: Int32Array.from(state.keys()), label: Int32Array.from(state) },
  });
}

function graphOf(one: Case): { outputs: Record<string, Tensor>; feeds: Record<string, Feed> } {
  const { features, labelled, x, weight, state, parameters } = one;
  const frames = weight.length;
  const method = methodOf(one);
  assert.deepEqual(method.parameters.map(({ name }) => name).sort(), Object.keys(parameters).sort());
  const values = new Map(method.parameters.map(({ name, shape }) => [name, input(name, shape)]));
  const now = input('now', [frames, features]);
  const batch = {
    now,
    weight: input('weight', [frames, 1]),
    ...(labelled && { label: input('label', [frames, 3]) }),
  };
  const { total } = method.loss(values, batch);
  const cv = method.encode(values, now);
  const slopes = gradient(total, [...values.values()]);
  return {
    outputs: {
      ...{ cv, total, jacobian: jacobian(cv, now) },
      ...Object.fromEntries([...values.keys()].map((name, i) => [`by ${name}`, slopes[i]])),
    },
    feeds: {
      ...parameters,
      now: { shape: [frames, features], data: x },
      weight: { shape: [frames, 1], data: weight },
      ...(labelled && {
        label: { shape: [frames, 3], data: state.flatMap((of) => [0, 1, 2].map((i) => Number(i === of))) },
      }),
    },
  };
}

for (const one of cases) {
  const what = `${one.features} features, ${one.labelled ? 'states and path' : 'no labels'}`;
  test(`${what}: CVs and loss are NumPy's, with ONNX Runtime's derivatives`, async () => {
    const { outputs, feeds } = graphOf(one);
    const expected = evaluate(outputs, feeds);
    assert.ok(difference(expected.cv.data, one.cv) < 1e-10, `${difference(expected.cv.data, one.cv)}`);
    assert.ok(Math.abs(expected.total.data[0] / one.loss - 1) < 1e-10);
    const program = await createOnnxRuntime({ precision: 'double' }).compile({ outputs });
    const received = await program.run(feeds);
    await program.release();
    for (const [name, { data }] of Object.entries(expected))
      assert.ok(difference(data, received[name].data) < 1e-9, name);
  });
}

test('progress rises along half a circle from the first state to the second, distance off it', async () => {
  const { data, part } = arc(3000, { seed: 2, noise: 0.02 });
  const settings = { ...arcTraining, method: 'deep-lne', latent: 2, epochs: 100, patience: 100 } as const;
  const { cv, network, record } = await train(data, settings);
  assert.match(
    record.reason,
    /^asked for; path frames are those of path, between A and B; 90 frames of the three classes stand for it; \d+ path frames on \d+ passages$/,
  );
  assert.equal(network, '2-8-3, 3 neighbours, 9-16-16-1 tanh');
  const s = Float64Array.from(part, (_, i) => cv[2 * i]);
  const found = correlation(s, Float64Array.from(part));
  assert.ok(found > 0.99, `correlation of progress with the part of the way: ${found}`);
  // scaled to −1 to 1, as the way from 0 to 1
  const classes = part.map(arcClass);
  const [a, b, path] = [0, 1, 2].map((of) => moments(s, classes, of).mean);
  assert.ok(a < -0.85 && Math.abs(path) < 0.2 && b > 0.85, `states at ${a} and ${b}, path at ${path}`);
});

test('without labels all frames count alike, and progress rises with time', async () => {
  const part = Array.from({ length: 600 }, (_, i) => i / 599);
  const data = datasetOf(
    ['x', 'y'],
    part.map((p) => [Math.cos(Math.PI * p), Math.sin(Math.PI * p)]),
  );
  const settings = { ...arcTraining, labels: undefined, method: 'deep-lne', batch: 120 } as const;
  const { cv, record } = await train(data, { ...settings, epochs: 100 });
  assert.match(
    record.reason,
    /^asked for; all frames count alike, as no states are labelled; 90 frames stand for the path$/,
  );
  const found = correlation(cv, Float64Array.from(part));
  assert.ok(found > 0.99, `correlation of progress with time: ${found}`);
});

const create = (states: number, options: Record<string, unknown> = {}): CvMethod =>
  methods['deep-lne'].create({ features: 2, hidden: [3], latent: 1, activation: 'tanh' }, options, {
    ...{ states, properties: 0 },
    ...(states > 0 && { stateNames: ['A', 'path', 'B', 'C'].slice(0, states) }),
  });

function tableOf(classes: number[]): TrainingTable {
  return {
    ...{ features: Float64Array.from({ length: 2 * classes.length }, Math.random), width: 2 },
    ...{ now: Int32Array.from(classes.keys()), label: Int32Array.from(classes) },
  };
}

test('what is no path between two states is refused', () => {
  assert.throws(() => create(4), {
    code: 'bad-argument',
    message: /expected two labelled states and their path frames for deep-lne but received 4 classes/,
  });
  assert.throws(() => create(3).fitted!(tableOf([0, 1, 2])), {
    code: 'bad-data',
    message: /expected more frames on the path than the 3 neighbours that are looked for but found 3/,
  });
  assert.throws(() => create(0, { neighbours: 0 }), { code: 'bad-argument' });
});

test('each class gives a third of the landmarks, or all that it has', () => {
  const note = (classes: number[], options = {}): string | undefined =>
    create(3, options).fitted!(tableOf(classes)).note;
  const many = Array.from({ length: 300 }, (_, i) => (i < 140 ? 0 : i < 145 ? 1 : 2));
  assert.match(note(many, { landmarks: 30 })!, /between A and B; 25 frames of the three classes/);
});
