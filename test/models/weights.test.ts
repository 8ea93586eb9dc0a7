import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, type Feed } from '../../src/graph/index.js';
import { methodNames, methods } from '../../src/models/index.js';
import { Random } from '../../src/support/random.js';
import { drawBatch, drawParameters, madeMethod } from './batches.js';

const sizes = { frames: 12, features: 4, states: 3, properties: 2 };

for (const name of methodNames) {
  test(`${name}: a frame (a pair) of weight 2 counts as two, one of weight 0 not at all`, () => {
    const latent = Math.min(2, methods[name].mostLatent?.(sizes) ?? 2);
    const architecture = { features: 4, hidden: [5], latent, activation: 'tanh' as const };
    const method = madeMethod(name, architecture, {}, sizes);
    const random = new Random(3);
    const { parameters, feeds: values } = drawParameters(method, random);
    const { batch, feeds } = drawBatch(method, random, sizes, true);
    const unweighted = { ...batch };
    delete unweighted.weight;
    const times = Array.from({ length: sizes.frames }, (_, i) => i % 3);
    const weight: Feed = { shape: [sizes.frames, 1], data: times };
    const weighted = method.loss(parameters, batch);
    const repeated = method.loss(parameters, unweighted);
    // The committor's boundary conditions hold in every frame of a state, however unlikely.
    const part = name === 'committor' ? 'functional' : undefined;
    const value = (loss: typeof weighted, given: Record<string, Feed>): number =>
      evaluate({ v: part ? loss.parts[part] : loss.total }, { ...values, ...given }).v.data[0];
    const copies = Object.fromEntries(Object.entries(feeds).map(([key, feed]) => [key, repeat(feed, times)]));
    const [a, b] = [value(weighted, { ...feeds, weight }), value(repeated, copies)];
    assert.ok(Math.abs(a - b) < 1e-10 * Math.max(1, Math.abs(b)), `${a} and ${b}`);
  });
}

/** Each row as often as it is told; as many rows as before, since the numbers add up to that. */
function repeat({ shape: [rows, width], data }: Feed, times: number[]): Feed {
  const out = times.flatMap((count, row) =>
    Array.from({ length: count }, () => Array.from(data).slice(row * width, (row + 1) * width)).flat(),
  );
  return { shape: [rows, width], data: out };
}
