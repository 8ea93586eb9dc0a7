import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { setting, settingFacts, settingInWords, settingSchema } from '../../src/support/settings.js';

const words = (schema: z.ZodType, unit?: string): string =>
  settingInWords(setting(schema, { description: '', unit }));

test('what a setting takes, in words', () => {
  assert.equal(words(z.number().positive()), 'a positive number');
  assert.equal(words(z.number().min(0)), 'a number from 0');
  assert.equal(words(z.number().min(0).max(0.9)), 'a number from 0 to 0.9');
  assert.equal(words(z.number().min(0).lt(1)), 'a number from 0 to below 1');
  assert.equal(words(z.number().int().min(1)), 'a positive whole number');
  assert.equal(words(z.number().int().min(0)), 'a whole number from 0');
  assert.equal(words(z.number().int().min(1).max(8).default(2)), 'a whole number from 1 to 8');
  assert.equal(words(z.number().positive(), 'ps'), 'a positive time');
  assert.equal(words(z.enum(['float', 'double'])), 'float or double');
  assert.equal(words(z.string()), 'a text');
  assert.equal(words(z.array(z.number().positive())), 'positive numbers with commas or blanks between them');
  assert.equal(words(z.array(z.enum(['a', 'b']))), 'some of a or b with commas or blanks between them');
});

test('the JSON schema of a setting is that of what is given, with all that is said of it', () => {
  const lag = setting(z.number().positive().default(10), {
    description: 'lag time',
    flag: 'lag',
    unit: 'ps',
  });
  const { flag, unit } = settingFacts(lag);
  assert.deepEqual([flag, unit], ['lag', 'ps']);
  assert.deepEqual(settingSchema(lag), {
    type: 'number',
    exclusiveMinimum: 0,
    default: 10,
    description: 'lag time',
    flag: 'lag',
    unit: 'ps',
  });
  assert.equal(settingSchema(z.string().transform(Number)).type, 'string');
});
