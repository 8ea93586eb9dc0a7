import { Argument, Command } from 'commander';
import { exitCodesHelp } from '../exit-codes.js';
import { addSettings, withChoices } from '../options/index.js';
import { terminalFor } from '../terminal.js';
import { topicList, topics } from '../topics/index.js';
import { closestName, LatentcvError } from '../../support/index.js';

const help = `
Topics:
${topicList()}

Example:
  latentcv help train
  latentcv help units
`;

/** `latentcv help`: the help of a command, or what there is to know of a topic. */
export function helpCommand(commandNames: readonly string[]): Command {
  const names = [...commandNames, ...Object.keys(topics)];
  return addSettings(
    new Command('help').addArgument(
      withChoices(new Argument('[topic]', 'a command, or one of the topics below'), names),
    ),
    {},
  )
    .addHelpText('after', help)
    .addHelpText('after', exitCodesHelp)
    .action(async (name: string | undefined, _options: object, self: Command) => {
      const program = self.parent!;
      if (name === undefined) return program.outputHelp();
      const command = program.commands.find((each) => each.name() === name);
      if (command) return command.outputHelp();
      if (!Object.hasOwn(topics, name)) throw unknown(name, names);
      terminalFor(self).print(await topics[name].text());
    });
}

function unknown(name: string, names: readonly string[]): LatentcvError {
  const closest = closestName(name, names);
  return new LatentcvError(
    'bad-argument',
    `expected a command or a topic for latentcv help but received "${name}"`,
    `${closest === undefined ? '' : `did you mean ${closest}? `}topics are ${Object.keys(topics).join(', ')}`,
  );
}
