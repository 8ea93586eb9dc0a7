import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { commandSchema, withChoices } from '../options/index.js';
import { terminalFor } from '../terminal.js';
import { LatentcvError, packageRoot } from '../../support/index.js';

const help = `
Example:
  latentcv schema train
  latentcv schema train | jq '.properties | map_values(.default)'
  latentcv schema > options.json
  latentcv schema fes --results > fes.schema.json

Options stand by their names without dashes, with type, limits, choices, default, unit and words.
Times are numbers of ps, for which the command line takes 5ns too; lists may be given with commas; a
text has a form of its own, which its words tell.
`;

const results = 'what the command prints with --json, in place of its options';

/** `latentcv schema`: the options of the other commands, and what they print, as JSON schemas. */
export function schemaCommand(
  commands: () => Promise<ReadonlyMap<string, Command>>,
  names: readonly string[],
): Command {
  return new Command('schema')
    .addArgument(withChoices(new Argument('[command]', 'a command; without one, all'), names))
    .option('--results', results)
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (name: string | undefined, options: { results?: boolean }, command: Command) => {
      const schema = options.results ? resultsOf(name) : schemaOf(await commands(), name);
      terminalFor(command).print(JSON.stringify(schema, undefined, 2));
    });
}

const folder = (): string => join(packageRoot(), 'docs', 'schemas');
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(folder(), `${name}.json`), 'utf8')) as unknown;

function resultsOf(name: string | undefined): unknown {
  const names = readdirSync(folder()).map((file) => file.replace('.json', ''));
  if (name === undefined) return Object.fromEntries(names.map((each) => [each, read(each)]));
  if (names.includes(name)) return read(name);
  throw new LatentcvError(
    'bad-argument',
    `expected a command that has --json (${names.join(', ')}) but received ${name}`,
  );
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
