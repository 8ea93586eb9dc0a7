import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadModel, saveModel } from '../../src/onnx/index.js';
import { newModel, train } from '../../src/training/index.js';
import { temporaryFolder } from '../temporary-folder.js';
import { arc, arcClass, arcTraining } from './arc.js';
import { moments } from './crescents.js';
import { correlation } from './tables.js';

test('multitask-deep-tda sends labelled states to their targets, and frames without a label tell it the way', async () => {
  const { data, part } = arc(3000, { seed: 2, noise: 0.05 });
  const encoder = await train(data, { ...arcTraining, method: 'multitask-deep-tda' });
  const { cv, record } = encoder;
  const classes = part.map(arcClass);
  const [a, b] = [0, 1].map((of) => moments(cv, classes, of));
  // centres 14 apart and deviations of 0.2, of which the ratio remains
  for (const { deviation } of [a, b]) {
    const ratio = deviation / (b.mean - a.mean);
    assert.ok(Math.abs(ratio - 0.2 / 14) < 0.003, `deviation ${ratio} of the gap`);
  }
  const way = [...part.keys()].filter((frame) => classes[frame] === 2);
  const along = correlation(
    way.map((frame) => part[frame]),
    way.map((frame) => cv[frame]),
  );
  assert.ok(along > 0.95, `correlation ${along} with the way`);
  assert.ok(record.fractionOfVarianceExplained! > 0.95, `${record.fractionOfVarianceExplained}`);

  const path = join(temporaryFolder('multitask'), 'model.onnx');
  await saveModel(path, newModel(encoder));
  // what it decodes is compared with its check vectors as it is loaded
  assert.ok((await loadModel(path)).metadata!.decoder);
});
