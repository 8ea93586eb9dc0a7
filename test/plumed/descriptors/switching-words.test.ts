import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlainSwitch, readSwitch, switchWords } from '../../../src/plumed/descriptors/switching-words.js';

test('forms with their defaults', () => {
  assert.deepEqual(readSwitch('RATIONAL R_0=0.3'), { form: 'rational', r0: 0.3, d0: 0, nn: 6, mm: 12 });
  assert.deepEqual(readSwitch(' RATIONAL R_0=0.3 D_0=0.1 NN=8 MM=10'), {
    form: 'rational',
    r0: 0.3,
    d0: 0.1,
    nn: 8,
    mm: 10,
  });
  assert.deepEqual(readSwitch('RATIONAL R_0=0.3 D_MAX=1'), {
    form: 'rational',
    r0: 0.3,
    d0: 0,
    nn: 6,
    mm: 12,
    dmax: 1,
  });
  assert.deepEqual(readSwitch('GAUSSIAN R_0=0.3'), { form: 'gaussian', r0: 0.3, d0: 0 });
  assert.deepEqual(readSwitch('CUBIC D_0=0.3 D_MAX=0.5'), { form: 'cubic', d0: 0.3, dmax: 0.5 });
  assert.deepEqual(readSwitch('CUBIC D_MAX=0.5'), { form: 'cubic', d0: 0, dmax: 0.5 });
  assert.equal(switchWords({ form: 'cubic', d0: 0.3, dmax: 0.5 }), '{CUBIC D_0=0.3 D_MAX=0.5}');
  assert.deepEqual(readSwitch('Q R_0=0.3 REF=0.3 BETA=50 LAMBDA=1'), { form: 'fermi', r0: 0.3, beta: 50 });
});

test('what is not ours to the last digit is none', () => {
  for (const text of [
    'RATIONAL R_0=0.3 D_MAX=far',
    'RATIONAL R_0=0.3 D_MAX=1 NOSTRETCH',
    'RATIONAL NN=6',
    'RATIONAL R_0=wide',
    'RATIONAL R_0=',
    'EXP R_0=0.3',
    'CUBIC D_0=0.3',
    'CUBIC R_0=0.3 D_MAX=0.5',
    'Q R_0=0.3 REF=0.4 BETA=50 LAMBDA=1',
    'Q R_0=0.3 REF=0.3 BETA=50 LAMBDA=1.8',
    '',
  ])
    assert.equal(readSwitch(text), undefined, text);
});

test('R_0 outside SWITCH has the cut-off that PLUMED gives it', () => {
  const read = (words: Record<string, string>) => readPlainSwitch(new Map(Object.entries(words)));
  assert.deepEqual(read({ R_0: '0.3', GROUPA: '1' }), {
    form: 'rational',
    r0: 0.3,
    d0: 0,
    nn: 6,
    mm: 12,
    dmax: 0.3 * 0.00001 ** (-1 / 6),
  });
  const { dmax } = read({ R_0: '0.3', D_0: '0.1', NN: '8', MM: '12' })!;
  assert.ok(Math.abs(dmax! - (0.1 + 0.3 * 10 ** 1.25)) < 1e-12);
  assert.equal(read({ GROUPA: '1' }), undefined);
  assert.equal(read({ R_0: 'near' }), undefined);
});
