// The functions of the Python module, made from what the commands take: python/latentcv/_commands.py.
import { commandSchema } from '../../dist/src/cli/options/index.js';

/** What a command hands back in Python (python/latentcv/_results.py); of those that are not here, a plain `Result`. */
const results = {
  train: 'Training',
  search: 'Search',
  descriptors: 'Descriptors',
  inspect: 'Inspection',
  differentiate: 'Differentiated',
  predict: 'Prediction',
  plumed: 'PlumedInput',
  run: 'Run',
  fes: 'FreeEnergy',
  report: 'Report',
  plugin: 'Plugin',
  doctor: 'Doctor',
  quickstart: 'Quickstart',
};

/** What is written to a temporary file, and read from it, where no output is asked for. */
const written = { predict: 'cv.npy', report: 'report.html' };

/** Options that make no sense in Python. */
const without = { descriptors: ['schema'], run: ['status'], watch: ['text', 'once', 'port', 'refresh'] };

/** Flags that a result needs: they are always given. */
const always = { train: ['losses'] };

const snake = (name) => name.replaceAll('-', '_');
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

/** The type of an option's value. */
function typeOf({ type, items, enum: choices, value, unit }) {
  if (choices) return `Literal[${choices.map((each) => JSON.stringify(each)).join(', ')}]`;
  if (type === 'array') {
    const one = typeOf({ value, ...items });
    if (one === 'float' || one === 'str | float') return `str | float | Sequence[str | float]`;
    return one === 'StrPath'
      ? 'StrPath | Sequence[StrPath]'
      : `str | ${one} | Sequence[${one}]`.replace('str | str |', 'str |');
  }
  if (type === 'boolean') return 'bool';
  if (type === 'object') return 'str | Mapping[str, object]';
  if (type === 'integer') return 'int';
  if (type === 'number') return unit === 'ps' ? 'str | float' : 'float';
  if (value === 'kelvin') return 'float';
  if (value === 'counts') return 'str | int';
  return /^(file|files|folder|structure)$/.test(value ?? '') ? 'StrPath' : 'str';
}

function fold(text, indent, width = 116) {
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${lines.length === 0 ? indent.slice(4) : indent}${word}`);
  }
  return lines.join('\n');
}

/** What an option is, its default and unit, as the help says it. */
function wordsOf(option) {
  const { description, default: preset, otherwise, unit, each } = option;
  const empty =
    preset === undefined ||
    preset === false ||
    (typeof preset === 'object' && Object.keys(preset).length === 0);
  const usual = otherwise ?? (empty ? undefined : [preset].flat().join(','));
  const repeated = each ? '; several as a list' : '';
  const facts = [unit === 'ps' ? 'a number is in ps' : undefined, usual && `default: ${usual}`].filter(
    Boolean,
  );
  return `${description}${repeated}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`;
}

function functionOf(name, command) {
  const { description, properties, required } = commandSchema(command);
  const left = ['json', ...(without[name] ?? []), ...(always[name] ?? [])];
  const options = Object.entries(properties).filter(([flag]) => !left.includes(flag));
  const must = (flag) => required.includes(flag) && !(name in written && flag === 'output');
  const positional = command.registeredArguments.map((argument) => ({
    name: snake(argument.variadic && argument.name() === 'file' ? 'files' : argument.name()),
    type: argument.variadic
      ? /^(file|colvar)$/.test(argument.name())
        ? 'Frames | Sequence[Frames]'
        : 'str | Sequence[str]'
      : 'StrPath',
    needed: argument.required,
    words: argument.description,
  }));
  const parameters = [
    ...positional.map(({ name, type, needed }) =>
      needed ? `${name}: ${type}` : `${name}: ${type} | None = None`,
    ),
    '*',
    ...options.filter(([flag]) => must(flag)).map(([flag, option]) => `${snake(flag)}: ${typeOf(option)}`),
    ...options
      .filter(([flag]) => !must(flag))
      .map(([flag, option]) =>
        option.type === 'boolean'
          ? `${snake(flag)}: bool = False`
          : `${snake(flag)}: ${typeOf(option)} | None = None`,
      ),
    'quiet: bool = False',
  ];
  const temporary = (flag) =>
    flag === 'output' && name in written ? ' (default: a temporary one, which goes with the result)' : '';
  const told = [
    ...positional.map(({ name, words }) => [name, words]),
    ...options.map(([flag, option]) => [snake(flag), wordsOf(option) + temporary(flag)]),
    ['quiet', 'say nothing but warnings'],
  ];
  const repeated = options
    .filter(([, { each, several }]) => each || several)
    .map(([flag]) => JSON.stringify(snake(flag)));
  const names = positional.map((argument) => argument.name);
  const rest = [
    ...(repeated.length > 0 ? [`repeated=frozenset({${repeated.join(', ')}})`] : []),
    ...(name in written ? [`written="${written[name]}"`] : []),
    ...(name in always ? [`always=[${always[name].map((flag) => `"--${flag}"`).join(', ')}]`] : []),
  ];
  const result = results[name] ?? 'Result';
  return [
    '@refuses_unknown',
    `def ${snake(name)}(`,
    ...parameters.map((parameter) => `    ${parameter},`),
    `) -> _results.${result}:`,
    `    """${sentence(description)}`,
    '',
    '    Args:',
    ...told.map(([each, words]) => fold(`${each}: ${words}`, ' '.repeat(12))),
    '    """',
    `    return _run(${[`_results.${result}`, `"${name}"`, `[${names.map((each) => `"${each}"`).join(', ')}]`, 'locals()', ...rest].join(', ')})`,
  ].join('\n');
}

/**
 * The text of python/latentcv/_commands.py.
 *
 * @param {ReadonlyMap<string, import('commander').Command>} commands
 */
export function pythonFunctions(commands) {
  const called = [...commands].filter(([, command]) => 'json' in commandSchema(command).properties);
  return `${[
    '"""A function for each command. `npm run docs:options` makes this file from what the commands take."""\n\nfrom __future__ import annotations\n\nfrom collections.abc import Mapping, Sequence\nfrom typing import Literal\n\nfrom . import _results\nfrom ._call import refuses_unknown\nfrom ._run import run as _run\nfrom ._tables import Frames, StrPath',
    `__all__ = [\n${called.map(([name]) => `    "${snake(name)}",\n`).join('')}]`,
    ...called.map(([name, command]) => functionOf(name, command)),
  ]
    .join('\n\n\n')
    .replace('StrPath\n\n\n__all__', 'StrPath\n\n__all__')}\n`;
}
