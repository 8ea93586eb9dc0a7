import { Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { terminalFor } from '../terminal.js';

/** `latentcv doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .addHelpText('after', exitCodesHelp)
    .action(async (_o: object, command: Command) => {
      await Promise.resolve();
      terminalFor(command).print('');
    });
}
