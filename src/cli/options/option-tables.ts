import type { Command } from 'commander';
import { settingSchema } from '../../support/index.js';
import { presetInWords, settingOptions, type SettingOption } from './setting-option.js';

/**
 * A page with its tables of options made anew: each stands between `<!-- options train: Training -->` (a command; then, if
 * not all are meant, groups with commas between them) and `<!-- /options -->`.
 * @throws Error where a command or group is not there
 */
export function withOptionTables(page: string, commands: ReadonlyMap<string, Command>): string {
  const table = /(<!-- options ([a-z]+)(?:: ([^>]+?))? -->\n)[^]*?(<!-- \/options -->)/g;
  return page.replace(table, (_, begin: string, name: string, groups: string | undefined, end: string) => {
    const command = commands.get(name);
    if (!command) throw new Error(`no command ${name}`);
    return `${begin}${optionTable(command, groups?.split(', ')).join('\n')}\n${end}`;
  });
}

const plain = 'Options';

/** A command's options as a table of Markdown, group by group. */
function optionTable(command: Command, only?: readonly string[]): string[] {
  const shown = settingOptions(command);
  const all = new Map<string, SettingOption[]>();
  for (const option of shown) {
    const group = option.facts.group ?? plain;
    all.set(group, [...(all.get(group) ?? []), option]);
  }
  const missing = only?.find((group) => !all.has(group));
  if (missing !== undefined) throw new Error(`no group ${missing} of options of ${command.name()}`);
  const groups = only ?? [...all.keys()];
  const rows = groups.flatMap((group) => [
    ...(groups.length > 1 ? [`| **${group}** | | |`] : []),
    ...all.get(group)!.map(rowOf),
  ]);
  return ['', '| option | default | |', '|---|---|---|', ...rows, ''];
}

function rowOf({ flags, facts, schema, mandatory }: SettingOption): string {
  const { default: preset, enum: choices } = settingSchema(schema);
  const known = presetInWords(preset, facts.unit);
  const shown = known === undefined ? undefined : `\`${known}\``;
  const otherwise = facts.otherwise && escaped(facts.otherwise);
  const choicesInWords =
    choices && choices.length < 8 ? ` (${choices.map((choice) => `\`${choice}\``).join(', ')})` : '';
  return `| \`${flags}\` | ${otherwise ?? shown ?? (mandatory ? 'needed' : '–')} | ${escaped(facts.description)}${choicesInWords} |`;
}

const escaped = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;');
