import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Argument, Command } from 'commander';
import { z } from 'zod';
import { programWords } from '../../../src/cli/completion/words.js';
import { addSettings, withChoices } from '../../../src/cli/options/index.js';
import { setting } from '../../../src/support/index.js';

test('what completes a value is told by the schema of its setting', () => {
  const made = addSettings(new Command('make').description('makes it').argument('<file...>'), {
    kind: setting(z.enum(['a', 'b']), { flag: 'kind', value: 'kind', description: 'one' }),
    kinds: setting(z.array(z.enum(['a', 'b'])), { flag: 'kinds', value: 'kinds', description: 'several' }),
    output: setting(z.string(), { flag: 'output', short: 'o', value: 'file', description: 'written' }),
    count: setting(z.number(), { flag: 'count', value: 'count', description: 'how many' }),
    fast: setting(z.boolean(), { flag: 'fast', description: 'or slowly' }),
  });
  const fetched = new Command('fetch').addArgument(withChoices(new Argument('[parts...]'), ['x', 'y']));
  const program = new Command('all').option('--quiet', 'say nothing');
  program.addCommand(made).addCommand(fetched).addCommand(new Command('look'));
  const { commands, global } = programWords(program);
  assert.deepEqual(
    commands.map(({ name, argument }) => [name, argument]),
    [
      ['make', 'files'],
      ['fetch', { choices: ['x', 'y'], listed: false }],
      ['look', 'nothing'],
    ],
  );
  assert.deepEqual(
    commands[0].options.map(({ flags, value }) => [flags.join(), value]),
    [
      ['--kind', { choices: ['a', 'b'], listed: false }],
      ['--kinds', { choices: ['a', 'b'], listed: true }],
      ['--output,-o', 'files'],
      ['--count', 'nothing'],
      ['--fast', undefined],
      ['--help,-h', undefined],
    ],
  );
  assert.equal(commands[0].options[0].description, 'one');
  assert.deepEqual(
    global.map(({ flags }) => flags.join()),
    ['--quiet', '--help,-h'],
  );
});
