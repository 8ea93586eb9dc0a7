import { Command } from 'commander';
import { z } from 'zod';
import { setting } from '../../support/index.js';
import { builtPlugin } from '../built-plugin.js';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, jsonSettings, type Given } from '../options/index.js';
import { terminalFor } from '../terminal.js';

const help = `
Example:
  latentcv plugin
  LOAD FILE={$(latentcv plugin)}    in a PLUMED input written by a shell script
  PLUMED_KERNEL=/opt/plumed/lib/libplumedKernel.so latentcv plugin --rebuild

It is built, once, against the PLUMED (2.9 or later) that PLUMED_KERNEL or PATH points to.
`;

const settings = {
  rebuild: setting(z.boolean().optional(), { flag: 'rebuild', description: 'build it anew' }),
  ...jsonSettings('path and the PLUMED it was built for, for scripts'),
};

/** `latentcv plugin`: where the PLUMED plugin is, built if need be. */
export function pluginCommand(): Command {
  return addSettings(new Command('plugin'), settings)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: Given<typeof settings>, command: Command) => {
      const terminal = terminalFor(command);
      const { path, built, plumed } = await builtPlugin(terminal, options.rebuild);
      terminal.print(path);
      const { version, kernel } = plumed;
      terminal.json({ path, built, plumed: { version: version.join('.'), kernel } });
    });
}
