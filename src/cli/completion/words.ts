import type { Argument, Command } from 'commander';
import { settingSchema } from '../../support/index.js';
import { settingOptions, type SettingOption } from '../options/index.js';

/** What completes a word: some choices, files, or nothing that is known. */
export type Completes = { choices: readonly string[]; listed: boolean } | 'files' | 'nothing';

export interface OptionWords {
  /** `--output`, and `-o` where it has a short one. */
  flags: readonly string[];
  description: string;
  /** What completes its value; undefined where it takes none. */
  value: Completes | undefined;
}

export interface CommandWords {
  name: string;
  description: string;
  options: readonly OptionWords[];
  /** What completes its arguments. */
  argument: Completes;
}

/** What there is to complete, as the commands take it. */
export interface ProgramWords {
  commands: readonly CommandWords[];
  /** Options that stand before a command as well as behind it. */
  global: readonly OptionWords[];
}

const help: OptionWords = { flags: ['--help', '-h'], description: 'display help', value: undefined };

/** Words of a whole command line, all of whose commands are loaded. */
export function programWords(program: Command): ProgramWords {
  return {
    commands: program.commands.map(commandWords),
    global: [
      ...program.options.map(({ long, short, description }) => optionWords({ long, short, description })),
      help,
    ],
  };
}

interface Flags {
  long?: string | undefined;
  short?: string | undefined;
  description: string;
}

const flagsOf = ({ long, short }: Omit<Flags, 'description'>) => ({ long, short });

const optionWords = ({ long, short, description }: Flags, value?: Completes): OptionWords => ({
  flags: [long, short].filter((flag) => flag !== undefined),
  description,
  value,
});

function commandWords(command: Command): CommandWords {
  const options = settingOptions(command).map((option) =>
    optionWords({ ...flagsOf(option), description: option.facts.description }, valueOf(option)),
  );
  return {
    name: command.name(),
    description: command.description(),
    options: [...options, help],
    argument: argumentOf(command.registeredArguments),
  };
}

/** The arguments are of one kind in every command: choices where they are some, else files. */
function argumentOf([first]: readonly Argument[]): Completes {
  if (!(first as Argument | undefined)) return 'nothing';
  return first.argChoices ? { choices: first.argChoices, listed: false } : 'files';
}

/** Values that are, or may be, the name of a file. */
const fileValues = /^(files?|folders?|structure|colvar|model|definition)$/;

function valueOf({ facts: { value }, schema }: SettingOption): Completes | undefined {
  if (value === undefined) return undefined;
  const { enum: own, items } = settingSchema(schema);
  const choices = own ?? items?.enum;
  if (choices) return { choices: choices.map(String), listed: own === undefined };
  return fileValues.test(value) ? 'files' : 'nothing';
}
