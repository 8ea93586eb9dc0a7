import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCommands } from '../../../src/cli/program.js';
import { settingOptions } from '../../../src/cli/options/index.js';
import { runCli } from '../run-cli.js';

test('every option of every command is in each script, but those of before', async () => {
  const commands = await allCommands();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout } = runCli(['completion', shell]);
    assert.equal(code, 0);
    for (const [name, command] of commands)
      for (const { long } of settingOptions(command)) {
        const flag = shell === 'fish' ? `-l ${long!.slice(2)}` : long!;
        assert.match(stdout, new RegExp(`${flag}(?![\\w-])`), `${shell} ${name} ${flag}`);
      }
    assert.doesNotMatch(stdout, /exclude-first/);
  }
});

test('another shell is refused', () => {
  const { code, stderr } = runCli(['completion', 'tcsh']);
  assert.equal(code, 2);
  assert.match(stderr, /expected bash, zsh, fish for the shell but received "tcsh"/);
});
