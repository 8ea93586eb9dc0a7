import type { Command } from 'commander';
import { settingSchema } from '../../support/index.js';
import { settingOptions, type SettingOption } from './setting-option.js';

/**
 * JSON schema of a command's options by their flags, for scripts: types, limits, choices and defaults, with unit and group.
 * A time is a number of ps, where the command line takes `10ps` too; what has a form of its own is a string.
 */
export function commandSchema(command: Command): object {
  const options = settingOptions(command);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `latentcv ${command.name()}`,
    description: command.description(),
    type: 'object',
    properties: Object.fromEntries(options.map((option) => [flagOf(option), propertyOf(option)])),
    required: options.filter(({ mandatory }) => mandatory).map(flagOf),
    additionalProperties: false,
  };
}

const flagOf = ({ long }: SettingOption): string => long!.slice(2);

function propertyOf({ schema, negate }: SettingOption): object {
  const found = settingSchema(schema);
  delete found.flag;
  return negate ? { ...found, default: false } : found;
}
