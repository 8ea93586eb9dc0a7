import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  affine,
  constant,
  div,
  evaluate,
  gather,
  gradient,
  input,
  meanSquaredError,
  mul,
  simplify,
  sqrt,
  square,
  sub,
  tanh,
  type Feeds,
  type Tensor,
} from '../../src/graph/index.js';
import { createOnnxRuntime } from '../../src/runtimes/index.js';
import type { StepGraph } from '../../src/onnx/index.js';
import { LatentcvError } from '../../src/support/errors.js';
import { difference, generator, randomFeed } from '../graph/numbers.js';

const [frames, width, batch, hidden] = [30, 4, 8, 3];

/** One Adam step of a regression of random targets on random data; parameters apart. */
function regression(): { step: StepGraph; start: Feeds; data: Feeds } {
  const random = generator(9);
  const x = input('X', [frames, width]);
  const target = input('target', [frames, 1]);
  const [rows, rate, epsilon] = [input('rows', [batch], 'index'), input('rate', []), input('epsilon', [])];
  const parameters = [
    input('w1', [width, hidden]),
    input('b1', [hidden]),
    input('w2', [hidden, 1]),
    input('b2', [1]),
  ];
  const [w1, b1, w2, b2] = parameters;
  // Scaling all of X depends on nothing that changes from step to step.
  const scaled = gather(mul(x, constant([1, 2, 0.5, 1], [4])), rows);
  const loss = meanSquaredError(affine(tanh(affine(scaled, w1, b1)), w2, b2), gather(target, rows));
  const gradients = gradient(loss, parameters);
  const next: Record<string, Tensor> = { loss };
  const current: Record<string, Tensor> = {};
  parameters.forEach((p, i) => {
    const [m, v] = [input(`m_${p.name}`, p.shape), input(`v_${p.name}`, p.shape)];
    const m2 = add(mul(m, 0.9), mul(gradients[i], 0.1));
    const v2 = add(mul(v, 0.999), mul(square(gradients[i]), 0.001));
    Object.assign(current, { [p.name!]: p, [m.name!]: m, [v.name!]: v });
    next[p.name!] = sub(p, div(mul(m2, rate), add(sqrt(v2), epsilon)));
    Object.assign(next, { [m.name!]: m2, [v.name!]: v2 });
  });
  const { loss: simple, ...states } = simplify(next);
  const state = Object.fromEntries(
    Object.entries(states).map(([name, after]) => [name, { current: current[name], next: after }]),
  );
  const zeros = (shape: readonly number[]) => ({
    shape,
    data: new Float64Array(shape.reduce((a, b) => a * b, 1)),
  });
  const start = Object.fromEntries(
    Object.entries(current).map(([name, { shape }]) => [
      name,
      /^[mv]_/.test(name) ? zeros(shape as number[]) : randomFeed(random, shape),
    ]),
  );
  const data = { X: randomFeed(random, [frames, width]), target: randomFeed(random, [frames, 1]) };
  return {
    step: { state, perStep: [rows, rate, epsilon], captured: [x, target], outputs: { loss: simple } },
    start,
    data,
  };
}

/** What changes per step: random rows, and Adam's rates with bias correction. */
function schedule(first: number, count: number): Feeds {
  const random = generator(100 + first);
  const steps = Array.from({ length: count }, (_, i) => first + i + 1);
  const root = (t: number) => Math.sqrt(1 - 0.999 ** t);
  return {
    rows: {
      shape: [count, batch],
      data: Int32Array.from({ length: count * batch }, () => Math.floor(random() * frames)),
    },
    rate: { shape: [count], data: steps.map((t) => (0.01 * root(t)) / (1 - 0.9 ** t)) },
    epsilon: { shape: [count], data: steps.map((t) => 1e-8 * root(t)) },
  };
}

function atStep({ shape, data }: Feeds[string], k: number): Feeds[string] {
  const rest = shape.slice(1);
  const size = rest.reduce((a, b) => a * b, 1);
  return { shape: rest, data: Array.from(data).slice(k * size, (k + 1) * size) };
}

/** The same steps, one at a time, by the reference evaluator. */
function reference(step: StepGraph, start: Feeds, data: Feeds, perStep: Feeds, count: number) {
  const outputs = {
    ...Object.fromEntries(Object.entries(step.state).map(([name, { next }]) => [name, next])),
    ...step.outputs,
  };
  let state: Feeds = start;
  const losses: number[] = [];
  for (let k = 0; k < count; k++) {
    const now = Object.fromEntries(Object.entries(perStep).map(([name, feed]) => [name, atStep(feed, k)]));
    const { loss, ...next } = evaluate<string>(outputs, { ...state, ...data, ...now });
    losses.push(loss.data[0]);
    state = next;
  }
  return { losses, state };
}

describe('K Adam steps in one run', () => {
  const { step, start, data } = regression();
  const [first, second] = [schedule(0, 17), schedule(17, 5)];

  it('equal K steps of the reference evaluator to 1e-12, over several runs', async () => {
    const stepper = await createOnnxRuntime({ precision: 'double' }).compileSteps(step);
    stepper.setCaptured(data);
    stepper.setState(start);
    const half = reference(step, start, data, first, 17);
    const whole = reference(step, half.state, data, second, 5);
    assert.ok(difference(half.losses, (await stepper.runSteps(first)).loss.data) < 1e-12);
    const kept = stepper.state();
    const { loss } = await stepper.runSteps(second);
    assert.deepEqual(loss.shape, [5]);
    assert.ok(difference(whole.losses, loss.data) < 1e-12);
    const after = stepper.state();
    for (const name of Object.keys(step.state)) {
      assert.ok(difference(half.state[name].data, kept[name].data) < 1e-12, `${name} after the first run`);
      assert.ok(difference(whole.state[name].data, after[name].data) < 1e-12, `${name} after the second run`);
    }
    await stepper.release();
  });

  it('in float32 follow the reference to single precision, and repeat bit for bit', async () => {
    const runtime = createOnnxRuntime();
    const run = async () => {
      const stepper = await runtime.compileSteps(step);
      stepper.setCaptured(data);
      stepper.setState(start);
      const { loss } = await stepper.runSteps(first);
      const state = stepper.state();
      await stepper.release();
      return { loss: loss.data, state };
    };
    const [one, two] = [await run(), await run()];
    assert.deepEqual(one, two);
    assert.ok(difference(reference(step, start, data, first, 17).losses, one.loss) < 1e-5);
  });

  it('start again from a state that is set', async () => {
    const stepper = await createOnnxRuntime().compileSteps(step);
    stepper.setCaptured(data);
    const losses: Float64Array[] = [];
    for (let i = 0; i < 2; i++) {
      stepper.setState(start);
      losses.push((await stepper.runSteps(first)).loss.data);
    }
    assert.deepEqual(losses[0], losses[1]);
    await stepper.release();
  });

  it('leave the arrays alone that the state was set from', async () => {
    const stepper = await createOnnxRuntime().compileSteps(step);
    const mine = Object.fromEntries(
      Object.entries(start).map(([name, { shape, data: d }]) => [
        name,
        { shape, data: Float32Array.from(d) },
      ]),
    );
    const before = structuredClone(mine);
    stepper.setCaptured(data);
    stepper.setState(mine);
    for (let i = 0; i < 3; i++) await stepper.runSteps(second);
    assert.deepEqual(mine, before);
    await stepper.release();
  });

  it('refuse what is missing or has another shape', async () => {
    const stepper = await createOnnxRuntime().compileSteps(step);
    const refused = (message: RegExp) => (error: unknown) =>
      error instanceof LatentcvError && error.code === 'bad-data' && message.test(error.message);
    await assert.rejects(stepper.runSteps(first), refused(/values for X but received none/));
    stepper.setCaptured(data);
    await assert.rejects(stepper.runSteps(first), refused(/values for w1 but received none/));
    assert.throws(
      () => stepper.setState({ w1: { shape: [3, 4], data: new Float64Array(12) } }),
      refused(/shape \[4, 3\] for w1 but received \[3, 4\]/),
    );
    stepper.setState(start);
    await assert.rejects(
      stepper.runSteps({ ...first, rate: schedule(0, 3).rate }),
      refused(/shape \[17\] for rate but received \[3\]/),
    );
    const outside = { ...first, rows: { shape: [17, batch], data: new Int32Array(17 * batch).fill(frames) } };
    await assert.rejects(stepper.runSteps(outside), refused(/indices element out of data bounds/));
    await stepper.release();
  });
});

describe('writeLoop refuses', () => {
  const refused = (step: Partial<StepGraph>, message: RegExp) => async () => {
    const whole = { state: {}, perStep: [], captured: [], outputs: {}, ...step };
    await assert.rejects(createOnnxRuntime().compileSteps(whole), (error) => {
      assert.ok(error instanceof LatentcvError, String(error));
      assert.match(error.message, message);
      return error.code === 'bad-graph';
    });
  };
  const [a, k] = [input('a', [2]), input('k', [])];
  it(
    'no per-step input',
    refused({ state: { a: { current: a, next: mul(a, 2) } } }, /at least one per-step input/),
  );
  it(
    'a state that changes its shape',
    refused(
      { state: { a: { current: a, next: constant([1], [1]) } }, perStep: [k] },
      /state a changes its shape from \[2\] to \[1\]/,
    ),
  );
  it(
    'an input nobody tells of',
    refused({ outputs: { y: a }, perStep: [k] }, /input a is used but not among/),
  );
  it(
    'a name twice',
    refused({ state: { k: { current: a, next: a } }, perStep: [k] }, /two values are called k/),
  );
});

describe('a loop whose state does not change or is not used', () => {
  it('runs', async () => {
    const [a, b, k] = [input('a', [2]), input('b', []), input('k', [])];
    const step = {
      state: { a: { current: a, next: a }, b: { current: b, next: k } },
      perStep: [k],
      captured: [],
      outputs: { k2: mul(k, 2), k },
    };
    await assert.rejects(createOnnxRuntime().compileSteps(step), /two values are called k/);
    const stepper = await createOnnxRuntime().compileSteps({
      ...step,
      outputs: { k2: mul(k, 2), same: a },
    });
    stepper.setState({ a: { shape: [2], data: [1, 2] }, b: { shape: [], data: [0] } });
    const { k2, same } = await stepper.runSteps({ k: { shape: [3], data: [5, 6, 7] } });
    assert.deepEqual([...k2.data], [10, 12, 14]);
    assert.deepEqual([...same.data], [1, 2, 1, 2, 1, 2]);
    assert.deepEqual([...stepper.state().a.data], [1, 2]);
    assert.deepEqual([...stepper.state().b.data], [7]);
    await stepper.release();
  });
});
