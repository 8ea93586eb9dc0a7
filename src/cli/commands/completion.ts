import { Argument, Command } from 'commander';
import { completionScript, shells } from '../completion/index.js';
import { exitCodesHelp } from '../exit-codes.js';
import { withChoices } from '../options/index.js';
import { terminalFor } from '../terminal.js';
import { invalidArgument } from '../../support/index.js';

const help = `
Example:
  source <(latentcv completion bash)                          # in ~/.bashrc
  latentcv completion zsh > ~/.zsh/_latentcv                  # a folder of $fpath, before compinit
  latentcv completion fish > ~/.config/fish/completions/latentcv.fish

Commands, options and the choices of options complete, files where a file is meant, and the last
item of a list with commas. The script is made of what the commands take: print it anew after an
update.
`;

/** `latentcv completion`: a script by which a shell completes the command line. */
export function completionCommand(program: () => Promise<Command>): Command {
  return new Command('completion')
    .addArgument(withChoices(new Argument('<shell>', shells.join(', ')), shells))
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (shell: string, _options: object, self: Command) => {
      if (!shells.includes(shell)) throw invalidArgument(shells.join(', '), 'the shell', shell);
      terminalFor(self).text(completionScript(shell, await program()));
    });
}
