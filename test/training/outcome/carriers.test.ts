import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriersOf, fewCarriers } from '../../../src/training/outcome/carriers.js';
import type { Learned } from '../../../src/training/learned.js';
import type { Prepared } from '../../../src/training/prepared.js';

const split = { train: { now: new Int32Array(80) }, validation: { now: new Int32Array(20) } };
const curves = (parts: Record<string, number[]>): Pick<Learned, 'curves' | 'bestEpoch'> => ({
  curves: { train: [], validation: [], parts },
  bestEpoch: 1,
});

test('what the validation frames tell at the best epoch is told of all frames', () => {
  assert.equal(carriersOf({ split } as Prepared, curves({ carriers: [1, 12, 3] })), 60);
  assert.equal(carriersOf({ split } as Prepared, curves({ reconstruction: [1, 2, 3] })), undefined);
});

test('few of them are told, with what to do', () => {
  assert.equal(fewCarriers(undefined), undefined);
  assert.equal(fewCarriers(200), undefined);
  assert.match(fewCarriers(60)!, /^the committor rests on about 60 frames/);
});
