import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cvVerdict, type CvQuality } from '../../src/diagnostics/index.js';

test('the verdict on frames of a biased run says whether they are weighed', () => {
  const quality = { basins: 1 } as CvQuality;
  const headline = (context: object): string =>
    cvVerdict('cv', quality, { frames: 100, ...context }).headline;
  assert.match(
    headline({ unweighedBias: ['opes.bias'] }),
    /on 100 frames as the bias opes.bias left them, not as the unbiased system has them/,
  );
  assert.match(headline({ weighted: true }), /on 100 frames weighed by their bias/);
});
