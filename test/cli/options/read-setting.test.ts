import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { readSetting } from '../../../src/cli/options/read-setting.js';
import { setting } from '../../../src/support/index.js';

const description = 'a setting of this test';
const time = setting(z.number().positive().default(10), { description, unit: 'ps', example: '10ps' });
const times = setting(z.array(z.number().positive()), { description, unit: 'ps', example: '5ps,10ps' });
const widths = setting(z.array(z.number().int().min(1)).default([64, 32]), { description, example: '64,32' });
const names = setting(z.array(z.string()), { description, example: 'phi,psi' });
const part = setting(z.number().min(0).lt(1), { description });
const kind = setting(z.enum(['constant', 'cosine', 'linear']).default('constant'), { description });
const own = setting(z.record(z.string(), z.unknown()).default({}), {
  description,
  value: 'name=value',
  example: 'beta=0.5',
});

test('times are in ps unless they say otherwise', () => {
  const read = (text: string): unknown => readSetting(time, [text], '--lag');
  assert.equal(read('10'), 10);
  assert.equal(read('10ps'), 10);
  assert.equal(read('0.5 ns'), 500);
  assert.equal(read('2fs'), 0.002);
  assert.equal(read('1us'), 1e6);
  for (const text of ['', 'ps', '-3', '0', '3 hours', '1e999', 'Infinity'])
    assert.throws(() => read(text), {
      code: 'bad-argument',
      message: `expected a positive time such as 10ps for --lag but received ${JSON.stringify(text)}`,
    });
});

test('lists are apart by commas or blanks, in one option or several', () => {
  for (const text of ['64,32', '64, 32', '64 32', ' 64  32 ', '64 ,32'])
    assert.deepEqual(readSetting(widths, [text], '--layers'), [64, 32]);
  assert.deepEqual(readSetting(names, ['phi', 'psi d_*'], '--columns'), ['phi', 'psi', 'd_*']);
  assert.deepEqual(readSetting(times, ['5 ps, 0.01ns'], '--lag'), [5, 10]);
  for (const text of ['64,,32', '64,', '64,none', '', '0'])
    assert.throws(() => readSetting(widths, [text], '--layers'), {
      message: `expected positive whole numbers with commas or blanks between them such as 64,32 for --layers but received ${JSON.stringify(text)}`,
    });
});

test('names with blanks stand between commas or in quotation marks', () => {
  const read = (text: string): unknown => readSetting(names, [text], '--columns');
  assert.deepEqual(read('RMSD backbone,phi'), ['RMSD backbone', 'phi']);
  assert.deepEqual(read('"RMSD backbone" phi'), ['RMSD backbone', 'phi']);
  assert.deepEqual(read('"RMSD backbone"'), ['RMSD backbone']);
  assert.throws(() => read('phi,'), /expected names with commas or blanks between them such as phi,psi/);
});

test('the last of several values counts where there is one', () => {
  assert.equal(readSetting(part, ['0.2', '0.5'], '--discard'), 0.5);
});

test('limits are told, and of a choice the closest', () => {
  assert.throws(() => readSetting(part, ['1'], '--discard'), {
    message: 'expected a number from 0 to below 1 for --discard but received "1"',
  });
  assert.throws(() => readSetting(kind, ['cosin'], '--schedule', 'latentcv train --help'), {
    message: 'expected constant, cosine or linear for --schedule but received "cosin"',
    hint: 'did you mean cosine?',
  });
  assert.throws(() => readSetting(part, ['much'], '--discard', 'latentcv fes --help'), {
    hint: 'latentcv fes --help',
  });
});

test('options of methods are numbers, lists, true and false or words; each use adds one', () => {
  assert.deepEqual(
    readSetting(own, ['beta=0.5', 'head=[16,8]', 'logarithm=false', 'score=vamp-1'], '--set'),
    { beta: 0.5, head: [16, 8], logarithm: false, score: 'vamp-1' },
  );
  assert.throws(() => readSetting(own, ['beta'], '--set'), {
    message: 'expected name=value such as beta=0.5 for --set but received "beta"',
  });
});
