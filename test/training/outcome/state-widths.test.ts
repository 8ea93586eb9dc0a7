import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methods } from '../../../src/models/index.js';
import type { Prepared } from '../../../src/training/prepared.js';
import { flatState, stateWidths } from '../../../src/training/outcome/state-widths.js';
import { trainEncoder } from '../../../src/training/train.js';
import { crescents, network } from '../../models/crescents.js';
import { datasetOf } from '../../models/tables.js';

const prepared = (name: 'deep-tda' | 'committor' | 'autoencoder', labels?: Prepared['labels']): Prepared =>
  ({
    ...{ name, labels },
    method: methods[name].create(
      { features: 2, hidden: [3], latent: 1, activation: 'tanh' },
      {},
      { states: 2, properties: 0 },
    ),
  }) as Prepared;

test("a state's width is the part of the range between its 1 % and 99 % of frames, along the CV where it is widest", () => {
  const labels = {
    names: ['A', 'B'],
    state: Int32Array.from({ length: 303 }, (_, i) => Math.floor(i / 101) - 1),
  };
  // none from 0 to 100, A from 0 to 1 with a frame far off, B at 50; the second CV tells nothing but in B
  const first = Array.from({ length: 303 }, (_, i) =>
    i < 101 ? i : i < 202 ? (i === 150 ? 99 : (i - 101) / 100) : 50,
  );
  const cv = Float64Array.from({ length: 606 }, (_, i) =>
    i % 2 ? (i > 404 ? i / 2 - 202 : 0) : first[i / 2],
  );
  const widths = stateWidths(cv, 2, prepared('deep-tda', labels))!;
  assert.ok(Math.abs(widths.A - 0.0099) < 1e-3, `A: ${widths.A}`);
  assert.ok(Math.abs(widths.B - 0.98) < 0.02, `B: ${widths.B}`);
  assert.deepEqual(Object.keys(widths), ['A', 'B']);
  assert.equal(stateWidths(cv, 2, prepared('committor', labels)), undefined);
  assert.equal(stateWidths(cv, 2, prepared('autoencoder')), undefined);
});

test('a state that is all but flat is told by name, with what to take', () => {
  assert.match(
    flatState({ stateWidths: { A: 0.2, B: 0.011 } })!,
    /^the frames of B take 1 % of the CV's range: .* take the default method or tpi-deep-tda, .* along deep-tda makes$/,
  );
  assert.equal(flatState({ stateWidths: { A: 0.2, B: 0.045 } }), undefined);
  assert.equal(flatState({}), undefined);
});

test('deep-lda warns at its end where it leaves a state flat; deep-tda has no need to', async () => {
  // states far apart, as those that no trajectory crosses between
  const rows = crescents(2000, 3).rows.map(([x, y, state]) => [x + 6 * state, y, state]);
  const data = datasetOf(['x', 'y', 'state'], rows);
  const told = async (method: 'deep-lda' | 'deep-tda'): Promise<string[]> => {
    const warnings: string[] = [];
    const settings = { ...network, method, latent: 1, epochs: 100 };
    const { record } = await trainEncoder(data, settings, { onWarning: (text) => warnings.push(text) });
    assert.deepEqual(Object.keys(record.stateWidths!), ['0', '1']);
    return warnings.filter((text) => text.includes("of the CV's range"));
  };
  assert.equal((await told('deep-lda')).length, 1);
  assert.deepEqual(await told('deep-tda'), []);
});
