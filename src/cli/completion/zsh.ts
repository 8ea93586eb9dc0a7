import { quoted } from './quoted.js';
import type { Completes, OptionWords, ProgramWords } from './words.js';

/** For zsh, by its own `_arguments`, which shows what each option means. */
export function zshScript({ commands, global }: ProgramWords): string {
  return `#compdef latentcv
# Completion for zsh: a file _latentcv in a folder of $fpath, or source <(latentcv completion zsh)

_latentcv() {
  local -a commands
  local curcontext="$curcontext" state line
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C \\
${global.flatMap(specsOf).map(line).join('')}    '1: :->command' '*:: :->rest' && return
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${commands
  .map(
    ({ name, options, argument }) => `        ${name})
          _arguments \\
${[...options, ...withoutThose(global, options)].flatMap(specsOf).map(indentedLine).join('')}            '*:${name === 'help' ? 'topic' : 'argument'}:${actionOf(argument)}' ;;`,
  )
  .join('\n')}
      esac ;;
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _latentcv "$@"; else compdef _latentcv latentcv; fi
`;
}

const line = (spec: string): string => `    ${quoted(spec)} \\\n`;
const indentedLine = (spec: string): string => `        ${line(spec)}`;

function withoutThose(options: readonly OptionWords[], others: readonly OptionWords[]): OptionWords[] {
  const known = others.flatMap(({ flags }) => flags);
  return options.filter(({ flags }) => !flags.some((flag) => known.includes(flag)));
}

/** `*--lag=[lag time]:value:…` of each flag; a short one takes its value as the next word. */
function specsOf({ flags, description, value }: OptionWords): string[] {
  const what = description.replaceAll('\\', '\\\\').replace(/[[\]:]/g, '\\$&');
  return flags.map((flag) => {
    if (value === undefined) return `${flag}[${what}]`;
    return `*${flag}${flag.startsWith('--') ? '=' : ''}[${what}]:value:${actionOf(value)}`;
  });
}

function actionOf(what: Completes): string {
  if (what === 'files') return '_files';
  if (what === 'nothing') return ' ';
  const choices = what.choices.join(' ');
  return what.listed ? `_values -s , value ${choices}` : `(${choices})`;
}
