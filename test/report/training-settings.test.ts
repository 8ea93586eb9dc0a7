import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainingSettings } from '../../src/report/index.js';
import { trainSettings } from '../../src/training/index.js';

const rowsOf = (options: Parameters<typeof trainSettings>[0], reason?: string) =>
  new Map(
    trainingSettings({ settings: trainSettings(options), ...(reason !== undefined && { reason }) }, 'tae')!
      .rows,
  );

test('settings are words with units; what is nothing is left out', () => {
  const rows = rowsOf({ lag: 10, spread: 1 / 3, seed: 7, learningRate: 0.001 }, 'frames are ordered in time');
  assert.equal(rows.get('method'), 'tae, chosen by the frames: frames are ordered in time');
  assert.equal(rows.get('lag time'), '10 ps');
  assert.equal(rows.get('spread of the CVs'), '0.333 of their range by where the frames are');
  assert.equal(rows.get('optimiser'), 'AdamW, learning rate 0.001, weight decay 0.001');
  for (const [name, value] of rows) {
    assert.doesNotMatch(name, /[a-z][A-Z]/);
    assert.doesNotMatch(value, /\{\}|\[\]|\d\.\d{6}/);
  }
  for (const absent of ['clip', 'restarts', 'frames weighed by', 'temperature'])
    assert.ok(!rows.has(absent), absent);
});

test('a temperature is told where it weighed frames, those of single files beside it', () => {
  const rows = rowsOf({ bias: ['opes.bias'], temperature: 300 });
  assert.equal(rows.get('temperature'), '300 K');
  assert.equal(rows.get('frames weighed by'), 'opes.bias');
  const hot = rowsOf({ temperature: 300, temperatures: { 'a.xtc': 700, 'b.xtc': 700 } });
  assert.equal(hot.get('temperature'), '300 K; 700 K of 2 files');
});

test('in natural units there are no ps and no K; a file that tells no settings has no group', () => {
  const units = { energy: 'natural units', time: 'thousand time units' };
  const settings = trainSettings({ lag: 2, bias: ['b'], temperature: 300 });
  const text = JSON.stringify(trainingSettings({ settings }, 'tae', units));
  assert.match(text, /2 time units/);
  assert.doesNotMatch(text, /ps"| K"/);
  assert.equal(trainingSettings({}, 'tae'), undefined);
});
