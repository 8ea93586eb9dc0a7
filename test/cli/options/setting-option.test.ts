import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Command } from 'commander';
import {
  presetInWords,
  settingOptions,
  type SettingOption,
} from '../../../src/cli/options/setting-option.js';
import { allCommands } from '../../../src/cli/program.js';
import { settingSchema } from '../../../src/support/index.js';
import { trainOptionsSchema, trainSettings } from '../../../src/training/index.js';
import { runCli } from '../run-cli.js';

const commands = await allCommands();

/** The options that a command was given, its job left undone. */
async function given(name: string, words: readonly string[]): Promise<Record<string, unknown>> {
  const command = (await allCommands()).get(name)!;
  let found: Record<string, unknown> = {};
  command.action(() => void (found = command.opts()));
  await command.exitOverride().parseAsync(words, { from: 'user' });
  return found;
}

/** What must be there for a command to take its options. */
const needed = (command: Command): string[] => [
  ...command.registeredArguments.filter(({ required }) => required).map((argument) => argument.name()),
  ...settingOptions(command).flatMap(({ long, mandatory }) => (mandatory ? [long!, 'name'] : [])),
];

/** A value for an option: its default, what its words give as an example, or what its type takes. */
const samples: Readonly<Record<string, string>> = {
  confinement: 'sphere distance=d radius=1.5 kappa=1000',
  temperature: '300',
  'time-unit': 'ns',
  'energy-unit': 'kcal/mol',
  'length-unit': 'A',
  periodic: 'phi',
  range: 'phi=0..1',
  basin: 'phi=0..1',
  'basin-a': 'phi=1..2',
  cores: 'phi=0..1,2..3',
  discard: '0.2',
};

function sampleOf({ long, facts, schema }: SettingOption): string {
  const { type, default: preset, enum: choices, items } = settingSchema(schema);
  const words = samples[long!.slice(2)] ?? facts.example ?? presetInWords(preset, facts.unit) ?? choices?.[0];
  return words ?? (type === 'number' || type === 'integer' || items?.type === 'integer' ? '2' : 'word');
}

suite('every option of every command', () => {
  for (const [name, command] of commands) {
    test(`latentcv ${name} takes each of its options once, together`, async () => {
      const options = settingOptions(command);
      assert.ok(options.length > 0);
      const words = options.flatMap((option) =>
        option.facts.value === undefined ? [option.long!] : [option.long!, sampleOf(option)],
      );
      const args = command.registeredArguments.filter(({ required }) => required).map(() => 'file');
      const found = await given(name, [...args, ...words]);
      assert.deepEqual(Object.keys(found).sort(), options.map(({ key }) => key).sort());
      for (const { key, facts, negate } of options)
        if (facts.value === undefined) assert.equal(found[key], !negate, key);
    });

    test(`latentcv ${name} has the defaults of its schemas, and prints them`, async () => {
      const found = await given(name, needed(command));
      for (const { key, long, facts, schema, mandatory, inWords } of settingOptions(command)) {
        if (mandatory) continue;
        const preset = schema.safeParse(undefined).data;
        assert.deepEqual(found[key], preset, long);
        const shown = facts.otherwise ?? presetInWords(settingSchema(schema).default, facts.unit);
        if (shown !== undefined) assert.ok(inWords.endsWith(`default: ${shown})`), inWords);
        if (shown === undefined || facts.otherwise !== undefined) continue;
        const read = (await given(name, [...needed(command), long!, shown]))[key];
        assert.equal(presetInWords(read, facts.unit), shown, `${long} ${shown}`);
      }
    });
  }

  test('nothing of the defaults is written by hand', () => {
    for (const command of commands.values())
      for (const { facts } of settingOptions(command)) assert.ok(!facts.description.includes('default'));
  });

  test('a training without options is the library’s own', async () => {
    const found = await given('train', needed(commands.get('train')!));
    const own = Object.keys(trainOptionsSchema.shape).filter((key) => key in found && key !== 'temperature');
    assert.ok(own.length > 20);
    assert.deepEqual(
      trainSettings(Object.fromEntries(own.map((key) => [key, found[key]]))),
      trainSettings({}),
    );
  });
});

suite('spellings from before', () => {
  const told: [string[], string][] = [
    [['train', 'COLVAR', '-o', 'm.onnx', '--args', 'd*'], '--args is now --columns'],
    [['train', 'COLVAR', '-o', 'm.onnx', '--engine', 'tfjs'], '--engine is now --runtime'],
    [['train', 'COLVAR', '-o', 'm.onnx', '--exclude-first', '1ns'], '--exclude-first is now --begin'],
    [['search', 'COLVAR', '--args', 'd*'], '--args is now --columns'],
    [['search', 'COLVAR', '--engine', 'tfjs'], '--engine is now --runtime'],
    [['inspect', 'm.onnx', 'COLVAR', '--args', 'd*'], '--args is now --columns'],
    [['predict', 'm.onnx', 'a.csv', '-o', 'b', '--columns', 'time,phi'], '--columns is now --names'],
    [['differentiate', 'm.onnx', '--inputs', 'phi,psi'], '--inputs is now --columns'],
    [['differentiate', 'm.onnx', '--period', 'phi=-pi..pi', 'psi=-pi..pi'], '--period is now --periodic'],
    [['differentiate', 'm.onnx', '--cv', 'z'], '--cv is now --graph-output'],
    [['differentiate', 'm.onnx', '--names', 's'], '--names is now --cv-names'],
    [['differentiate', 'm.onnx', '--colvar', 'COLVAR'], '--colvar is now --frames'],
    [['differentiate', 'm.onnx', '--trajectory', 'a.xtc', 'b.xtc'], '--trajectory is now --frames'],
  ];
  for (const [words, message] of told)
    test(`latentcv ${words.join(' ')}`, () => {
      const { code, stdout, stderr } = runCli(words);
      assert.deepEqual([code, stdout], [2, '']);
      assert.equal(stderr, `error: ${message}\nhint: latentcv ${words[0]} --help\n`);
    });

  test('none of them is in the help', () => {
    for (const [name, command] of commands)
      assert.doesNotMatch(
        command.helpInformation(),
        /--(args|inputs|period|trajectory|exclude-first) /,
        name,
      );
  });
});
