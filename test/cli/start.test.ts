import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgram } from '../../src/cli/program.js';
import { start } from '../../src/cli/start.js';
import { topics } from '../../src/cli/topics/index.js';
import { runCli } from './run-cli.js';

test('latentcv alone says what it is and how to begin, and ends with 0', () => {
  assert.deepEqual(runCli([]), { code: 0, stdout: start(), stderr: '' });
});

test('every command and topic that it names is there', async () => {
  const { commands } = await createProgram([]);
  const names = commands.map((command) => command.name());
  const named = [...start().matchAll(/latentcv ([a-z]+)/g)].map(([, name]) => name);
  assert.ok(named.length >= 7);
  for (const name of named) assert.ok(names.includes(name), name);
  const [, listed] = /tells of ([a-z, ]+), …/.exec(start())!;
  for (const topic of listed.split(', ')) assert.ok(topic in topics, topic);
  assert.ok(start().split('\n').length < 20);
});
