import { quoted } from './quoted.js';
import type { Completes, OptionWords, ProgramWords } from './words.js';

/**
 * For bash (3.2 or later). `--option=value` are three words there, and of a list with commas the last item is completed.
 */
export function bashScript({ commands, global }: ProgramWords): string {
  const names = commands.map(({ name }) => name).join(' ');
  const values = (name: string, options: readonly OptionWords[]): string[] =>
    options.flatMap(({ flags, value }) =>
      value === undefined
        ? []
        : [
            `    ${flags.map((flag) => quoted(`${name} ${flag}`)).join('|')}) ${completing(value)}; return ;;`,
          ],
    );
  return `# Completion for bash: source <(latentcv completion bash)

_latentcv_choices() { # words, what is there of one
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$2")
}

_latentcv_listed() { # words, of which several may stand with commas between them
  local last=\${cur##*,} word
  local before=\${cur%"$last"}
  while IFS= read -r word; do COMPREPLY+=("$before$word"); done < <(compgen -W "$1" -- "$last")
}

_latentcv_files() {
  local file
  compopt -o filenames 2>/dev/null
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$cur")
}

_latentcv() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' options i
  COMPREPLY=()
  if [[ $cur == '=' ]]; then cur=''
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  case "$command $prev" in
${commands.flatMap(({ name, options }) => values(name, options)).join('\n')}
  esac
  case $command in
    '') options=${quoted(flagsOf(global))} ;;
${commands.map(({ name, options }) => `    ${name}) options=${quoted(flagsOf([...options, ...global]))} ;;`).join('\n')}
    *) return ;;
  esac
  if [[ $cur == -* ]]; then _latentcv_choices "$options" "$cur"; return; fi
  case $command in
    '') _latentcv_choices ${quoted(names)} "$cur" ;;
${commands.map(({ name, argument }) => `    ${name}) ${completing(argument)} ;;`).join('\n')}
  esac
}

complete -F _latentcv latentcv
`;
}

const flagsOf = (options: readonly OptionWords[]): string =>
  [...new Set(options.flatMap(({ flags }) => flags))].join(' ');

function completing(what: Completes): string {
  if (what === 'files') return '_latentcv_files';
  if (what === 'nothing') return ':';
  const words = quoted(what.choices.join(' '));
  return what.listed ? `_latentcv_listed ${words}` : `_latentcv_choices ${words} "$cur"`;
}
