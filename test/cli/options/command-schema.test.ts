import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from '../run-cli.js';

interface Property {
  type: string;
  default?: unknown;
  enum?: string[];
  unit?: string;
  group?: string;
  description: string;
}
interface Schema {
  title: string;
  properties: Record<string, Property>;
  required: string[];
}

const schemaOf = (...words: string[]): unknown => {
  const { code, stdout, stderr } = runCli(['schema', ...words]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

test('the options of a command stand by their names, with types, limits, defaults and words', () => {
  const { title, properties, required } = schemaOf('train') as Schema;
  assert.equal(title, 'latentcv train');
  assert.deepEqual(required, ['output']);
  const { lag, layers, schedule, 'no-pbc': noPbc } = properties;
  assert.deepEqual(lag, {
    type: 'number',
    exclusiveMinimum: 0,
    default: 10,
    description: 'lag time of the pairs of frames',
    value: 'time',
    unit: 'ps',
    group: 'Training',
    example: '10ps',
  });
  assert.deepEqual(layers.default, [64, 32]);
  assert.deepEqual(schedule.enum, ['plateau', 'constant', 'cosine', 'linear']);
  assert.deepEqual([noPbc.type, noPbc.default], ['boolean', false]);
});

test('without a command it is all of them, each with its options', () => {
  const all = schemaOf() as Record<string, Schema>;
  assert.ok(Object.keys(all).length > 10);
  for (const [name, { title, properties }] of Object.entries(all)) {
    assert.equal(title, `latentcv ${name}`);
    assert.ok('json' in properties, name);
  }
});

test('a command that is not there is refused with those that are', () => {
  const { code, stderr } = runCli(['schema', 'trian']);
  assert.equal(code, 2);
  assert.match(stderr, /^error: expected a command \(train, search, .*\) but received trian\n/);
});
