import type { Command } from 'commander';
import { settingFacts } from '../support/index.js';
import { settingOptions, type Settings } from './options/index.js';

/**
 * What the library says of its settings, as this command's user knows them: `‘lag’` and `‘bias: none’` become `--lag` and
 * `--bias none`. Names of settings that are no option of the command stay as they are.
 */
export function withFlags(text: string, command: Command): string {
  const options = settingOptions(command);
  return spelled(text, (name) => options.find(({ key }) => key === name)?.long);
}

/**
 * The same of settings that other commands have, which the text sends to.
 * @param command the name of the one that has them, where it has to be told
 */
export function withFlagsOf(text: string, settings: Settings, command?: string): string {
  const before = command === undefined ? '' : `${command} `;
  return spelled(text, (name) => {
    const flag = name in settings ? settingFacts(settings[name]).flag : undefined;
    return flag && `${before}--${flag}`;
  });
}

function spelled(text: string, flagOf: (name: string) => string | null | undefined): string {
  return text.replace(/‘(\w+)(?:: ([^’]*))?’/g, (said, name: string, value?: string) => {
    const flag = flagOf(name);
    if (!flag) return said;
    return value === undefined ? flag : `${flag} ${value}`;
  });
}
