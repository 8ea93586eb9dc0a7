import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methods } from '../../src/models/index.js';
import { train } from '../../src/training/index.js';
import { arc, arcClass, arcTraining } from './arc.js';
import { moments } from './crescents.js';

test('path frames are found between two labelled states, and lie between them along the CV, spread out', async () => {
  const { data, part } = arc(3000, { seed: 2, noise: 0.02 });
  const settings = { ...arcTraining, method: 'tpi-deep-tda', epochs: 600, patience: 600 } as const;
  const { cv, record } = await train(data, settings);
  assert.match(
    record.reason,
    /^asked for; path frames are those of path, between A and B; \d+ path frames on \d+ passages$/,
  );
  const classes = part.map(arcClass);
  const [a, b, path] = [0, 1, 2].map((of) => moments(cv, classes, of));
  // scaled to −1 to 1: of the targets −7, 7 and 0, with deviations 0.2, 0.2 and 1.5, the ratios remain
  const unit = (b.mean - a.mean) / 14;
  assert.ok(Math.abs(path.mean - (a.mean + b.mean) / 2) / unit < 0.3, `path at ${path.mean / unit}`);
  assert.ok(Math.abs(path.deviation / unit - 1.5) < 0.2, `path wide by ${path.deviation / unit}`);
  for (const { deviation } of [a, b])
    assert.ok(Math.abs(deviation / unit - 0.2) < 0.05, `state wide by ${deviation / unit}`);
});

test('which class is the path is told by its name, its place, or that it stands in the middle', () => {
  const note = (names: string[], options = {}): string | undefined =>
    methods['tpi-deep-tda'].create({ features: 2, hidden: [3], latent: 1, activation: 'tanh' }, options, {
      ...{ states: names.length, properties: 0, stateNames: names },
    }).note;
  assert.equal(note(['0', '1', '2']), 'path frames are those of 1, between 0 and 2');
  assert.equal(note(['A', 'B', 'path']), 'path frames are those of path, between A and B');
  assert.equal(note(['A', 'B', 'C'], { path: 0 }), 'path frames are those of A, between B and C');
  assert.throws(() => note(['A', 'B', 'C'], { path: 3 }), {
    code: 'bad-argument',
    message: /expected a place of the path frames from 0 to 2 but received 3/,
  });
  assert.throws(() => note(['A', 'B', 'C', 'D']), {
    message: /expected two labelled states and their path frames for tpi-deep-tda but received 4 classes/,
  });
});
