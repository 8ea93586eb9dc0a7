import type { Completes, OptionWords, ProgramWords } from './words.js';

/** For fish: a line for each option of each command, with what it means. */
export function fishScript({ commands, global }: ProgramWords): string {
  const names = commands.map(({ name }) => name).join(' ');
  return [
    '# Completion for fish: latentcv completion fish > ~/.config/fish/completions/latentcv.fish',
    '',
    `set -l commands ${names}`,
    'complete -c latentcv -f',
    ...commands.map(
      ({ name, description }) =>
        `complete -c latentcv -n "not __fish_seen_subcommand_from $commands" -a ${name} -d ${quoted(description)}`,
    ),
    ...global.map((option) => `complete -c latentcv ${optionOf(option)}`),
    ...commands.flatMap(({ name, options, argument }) => {
      const here = `complete -c latentcv -n "__fish_seen_subcommand_from ${name}"`;
      const own = options.filter(({ flags }) => !global.some((each) => each.flags[0] === flags[0]));
      const words = argumentOf(argument);
      return [
        ...own.map((option) => `${here} ${optionOf(option)}`),
        ...(words === '' ? [] : [`${here} ${words}`]),
      ];
    }),
    '',
  ].join('\n');
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function optionOf({ flags, description, value }: OptionWords): string {
  const words = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [...words, ...(value === undefined ? [] : [valueOf(value)]), `-d ${quoted(description)}`].join(' ');
}

function valueOf(what: Completes): string {
  if (what === 'files') return '-r -F';
  if (what === 'nothing') return '-x';
  const choices = what.choices.join(' ');
  return `-x -a ${quoted(what.listed ? `(__fish_append , ${choices})` : choices)}`;
}

function argumentOf(what: Completes): string {
  if (what === 'files') return '-F';
  return what === 'nothing' ? '' : `-a ${quoted(what.choices.join(' '))}`;
}
