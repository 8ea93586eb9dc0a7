import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeOf, exitCodes } from '../../../src/cli/exit-codes.js';
import { createProgram } from '../../../src/cli/program.js';
import { topics } from '../../../src/cli/topics/index.js';
import { methodNames } from '../../../src/models/index.js';
import { runCli } from '../run-cli.js';

const longest = (text: string): string =>
  text.split('\n').reduce((found, line) => ([...line].length > [...found].length ? line : found), '');

test('latentcv help is latentcv --help', () => {
  assert.deepEqual(runCli(['help']), runCli(['--help']));
});

test('latentcv help COMMAND is that of the command, latentcv help help lists the topics', () => {
  assert.equal(runCli(['help', 'plugin']).stdout, runCli(['plugin', '--help']).stdout);
  const { code, stdout } = runCli(['help', 'help']);
  assert.equal(code, 0);
  for (const name of Object.keys(topics)) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
});

test('no name is of a command and of a topic', async () => {
  const { commands } = await createProgram([]);
  assert.deepEqual(
    commands.map((command) => command.name()).filter((name) => name in topics),
    [],
  );
});

test('every topic tells something', async () => {
  for (const [name, { summary, text }] of Object.entries(topics)) {
    assert.ok(summary !== '' && (await text()).length > 300, name);
    assert.doesNotMatch(await text(), /<!--|\]\(|\*\*/, name);
  }
});

test('topics that are tables of the program', async () => {
  const methods = runCli(['help', 'methods']).stdout;
  for (const name of methodNames) assert.match(methods, new RegExp(`^${name}$`, 'm'));
  assert.match(methods, /--set within=…/);
  for (const name of ['methods', 'exit-codes', 'environment'])
    assert.ok([...longest(await topics[name].text())].length <= 100, name);
  const codes = runCli(['help', 'exit-codes']).stdout;
  for (const [error, code] of Object.entries(exitCodeOf)) {
    const entry = new RegExp(`^  ${code} [^]*?(?=^  \\d|^$)`, 'm').exec(codes)![0];
    assert.match(entry, new RegExp(`[( ]${error}[,)\\s]`), error);
  }
  for (const code of Object.values(exitCodes)) assert.match(codes, new RegExp(`^  ${code} `, 'm'));
  const { stdout } = runCli(['help', 'environment'], { env: { LATENTCV_SITE: '/opt/latentcv' } });
  assert.match(stdout, /^LATENTCV_SITE\n {4}folder [^]*?\n {4}now: \/opt\/latentcv$/m);
});

test('topics that are pages of the docs, without Markdown', () => {
  const { code, stdout } = runCli(['help', 'units']);
  assert.equal(code, 0);
  assert.match(stdout, /^Units\n[^]*energies: kJ\/mol/);
  assert.match(runCli(['help', 'files']).stdout, /COLVAR/);
});

test('another word is answered with the nearest name and the list', () => {
  const { code, stderr } = runCli(['help', 'unit']);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^error: expected a command or a topic for latentcv help but received "unit"\nhint: did you mean units\? topics are units, files, .*exit-codes\n$/,
  );
});

test('no line of any help is longer than 100 columns', async () => {
  const { commands } = await createProgram([]);
  for (const args of [['--help'], ...commands.map((command) => [command.name(), '--help']), []]) {
    const { stdout } = runCli(args);
    assert.ok([...longest(stdout)].length <= 100, `${args.join(' ')}: ${longest(stdout)}`);
  }
});
