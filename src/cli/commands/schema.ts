import { Argument, Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { commandSchema, withChoices } from '../options/index.js';
import { terminalFor } from '../terminal.js';
import { LatentcvError } from '../../support/index.js';

const help = `
Example:
  latentcv schema train
  latentcv schema train | jq '.properties | map_values(.default)'
  latentcv schema > options.json

Options stand by their names without dashes, with type, limits, choices, default, unit and words.
Times are numbers of ps, for which the command line takes 5ns too; lists may be given with commas; a
text has a form of its own, which its words tell.
`;

/** `latentcv schema`: the options of the other commands as JSON schemas. */
export function schemaCommand(
  commands: () => Promise<ReadonlyMap<string, Command>>,
  names: readonly string[],
): Command {
  return new Command('schema')
    .addArgument(withChoices(new Argument('[command]', 'a command; without one, all'), names))
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (name: string | undefined, _options: object, command: Command) => {
      terminalFor(command).print(JSON.stringify(schemaOf(await commands(), name), undefined, 2));
    });
}

function schemaOf(commands: ReadonlyMap<string, Command>, name: string | undefined): object {
  if (name === undefined)
    return Object.fromEntries([...commands].map(([each, command]) => [each, commandSchema(command)]));
  const command = commands.get(name);
  if (command) return commandSchema(command);
  throw new LatentcvError(
    'bad-argument',
    `expected a command (${[...commands.keys()].join(', ')}) but received ${name}`,
  );
}
