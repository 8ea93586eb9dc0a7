import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureLines, parseFeatures } from '../../../src/campaign/index.js';
import { parseDefinition } from '../../../src/trajectories/index.js';

test('what a model is computed from is kept in lines, and read from them', () => {
  const descriptors = parseDefinition(['metal = not element O', 'volume metal; rdf all rmax=0.6 sigma=0.02']);
  const features = { of: 'structures', elements: ['O', 'Ti'], composition: true, descriptors } as const;
  const lines = featureLines(features);
  assert.deepEqual(lines, [
    'structures',
    'elements O Ti',
    'group metal = not element O',
    'descriptors volume metal',
    'descriptors rdf all rmax=0.6 sigma=0.02',
    'composition',
  ]);
  assert.deepEqual(parseFeatures(lines), features);
  assert.deepEqual(parseFeatures(['structures', 'elements O', 'composition']), {
    of: 'structures',
    elements: ['O'],
    composition: true,
  });
});

test('other lines are refused', () => {
  for (const lines of [['molecules'], ['structures', 'spectrum 1 2'], ['structures', 'composition of all']])
    assert.throws(() => parseFeatures(lines), { code: 'bad-model', message: /latentcv.features/ });
});
