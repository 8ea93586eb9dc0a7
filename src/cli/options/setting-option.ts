import { Option, type Command } from 'commander';
import { z } from 'zod';
import {
  LatentcvError,
  settingFacts,
  settingSchema,
  type SettingFacts,
  type SettingSchema,
  digits,
} from '../../support/index.js';
import { readSetting } from './read-setting.js';

/** An option of a command as the schema of its setting makes it: flags, group, help, default and what reads its value. */
export class SettingOption extends Option {
  readonly facts: SettingFacts;
  readonly #texts: string[] = [];

  constructor(
    readonly key: string,
    readonly schema: z.ZodType,
    private readonly hint: string,
  ) {
    const facts = settingFacts(schema);
    super(flagsOf(facts));
    this.facts = facts;
    const preset = schema.safeParse(undefined);
    if (!preset.success) this.makeOptionMandatory();
    else if (preset.data !== undefined) this.default(preset.data);
    if (facts.value !== undefined) this.argParser((text) => this.#read(text));
    if (facts.group !== undefined) this.helpGroup(`${facts.group}:`);
  }

  override attributeName(): string {
    return this.key;
  }

  /** What the help says of it: what it means, its choices and its default. Made when asked for: a schema's JSON is slow. */
  get inWords(): string {
    return helpOf(this.facts, settingSchema(this.schema));
  }

  #read(text: string): unknown {
    this.#texts.push(text);
    return readSetting(this.schema, this.#texts, this.long!, this.hint);
  }
}

/** Settings by the names that the command's action finds them under. */
export type Settings = Readonly<Record<string, z.ZodType>>;

/** What a command's action finds of its settings: those that have a default are there. */
export type Given<Shape extends Settings> = z.output<z.ZodObject<Shape>>;

/** Adds an option for each of the settings, in their order. */
export function addSettings(command: Command, settings: Settings): Command {
  for (const [key, schema] of Object.entries(settings))
    command.addOption(new SettingOption(key, schema, helpHint(command)));
  return command;
}

/** Options that a command had before, by what they are now: they are not taken, but told. */
export function addRenamed(command: Command, renamed: Readonly<Record<string, string>>): Command {
  for (const [old, now] of Object.entries(renamed))
    command.addOption(
      new Option(`--${old} <words>`).hideHelp().argParser(() => {
        throw new LatentcvError('bad-argument', `--${old} is now --${now}`, helpHint(command));
      }),
    );
  return command;
}

const helpHint = (command: Command): string => `latentcv ${command.name()} --help`;

/** The options of a command that settings made. */
export function settingOptions(command: Command): SettingOption[] {
  return command.options.filter((option): option is SettingOption => option instanceof SettingOption);
}

function flagsOf({ flag, short, value, several }: SettingFacts): string {
  const long = `--${flag}${value === undefined ? '' : ` <${value}${several ? '...' : ''}>`}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function helpOf({ description, otherwise, unit }: SettingFacts, shape: SettingSchema): string {
  const choices = (shape.enum ?? shape.items?.enum)?.join(', ');
  const preset = otherwise ?? presetInWords(shape.default, unit);
  const facts = [choices, preset === undefined ? undefined : `default: ${preset}`].filter(
    (fact) => fact !== undefined,
  );
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`;
}

/** A default as one would write it; undefined of what is said or not, and of nothing. */
export function presetInWords(preset: unknown, unit?: string): string | undefined {
  if (typeof preset === 'number') return `${digits(preset, 3)}${unit === 'ps' ? 'ps' : ''}`;
  if (Array.isArray(preset) && preset.length > 0) return preset.join(',');
  return typeof preset === 'string' ? preset : undefined;
}
