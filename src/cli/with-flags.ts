import type { Command } from 'commander';
import { settingOptions } from './options/index.js';

/**
 * What the library says of its settings, as this command's user knows them: `‘lag’` and `‘bias: none’` become `--lag` and
 * `--bias none`. Names of settings that are no option of the command stay as they are.
 */
export function withFlags(text: string, command: Command): string {
  const options = settingOptions(command);
  return text.replace(/‘(\w+)(?:: ([^’]*))?’/g, (said, name: string, value?: string) => {
    const flag = options.find(({ key }) => key === name)?.long;
    if (!flag) return said;
    return value === undefined ? flag : `${flag} ${value}`;
  });
}
