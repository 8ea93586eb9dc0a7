import { Command } from 'commander';
import { builtPlugin } from '../built-plugin.js';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';

const help = `
Example:
  latentcv plugin
  LOAD FILE={$(latentcv plugin)}    in a PLUMED input written by a shell script
  PLUMED_KERNEL=/opt/plumed/lib/libplumedKernel.so latentcv plugin --rebuild

It is built, once, against the PLUMED (2.9 or later) that PLUMED_KERNEL or PATH points to.
`;

/** `latentcv plugin`: where the PLUMED plugin is, built if need be. */
export function pluginCommand(): Command {
  return new Command('plugin')
    .option('--rebuild', 'build it anew')
    .option('--json', 'path and the PLUMED it was built for, for scripts')
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (options: { rebuild?: boolean }, command: Command) => {
      const terminal = terminalFor(command);
      const { path, built, plumed } = await builtPlugin(terminal, options.rebuild);
      terminal.print(path);
      const { version, kernel } = plumed;
      terminal.json({ path, built, plumed: { version: version.join('.'), kernel } });
    });
}
