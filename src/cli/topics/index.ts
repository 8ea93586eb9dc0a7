/**
 * What `latentcv help` tells besides the commands. Topics are pages of the docs, which are in the package, as text for a terminal,
 * or tables of the program.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, wrapped } from '../../support/index.js';
import { exitCodeOf, exitCodesInWords } from '../exit-codes.js';
import { environmentVariables } from './environment.js';
import { plainText, sectionOf } from './plain-text.js';

/** Longest line of a text. */
const width = 100;

interface Topic {
  summary: string;
  text: () => string | Promise<string>;
}

/** A page of the docs, or a part of it. */
function docs(name: string, heading?: string): () => string {
  return () => {
    const page = readFileSync(join(packageRoot(), 'docs', `${name}.md`), 'utf8');
    const part = heading === undefined ? page : sectionOf(page, heading);
    if (part === undefined) throw new Error(`no ${heading} in docs/${name}.md`);
    return plainText(part, width);
  };
}

/** Every topic by its name, in the order in which they are listed. */
export const topics: Readonly<Record<string, Topic>> = {
  units: { summary: 'of lengths, times, energies, and what is converted', text: docs('units') },
  files: { summary: 'trajectories and tables that are read', text: docs('training', 'Files') },
  inputs: {
    summary: 'which columns or descriptors are learned from',
    text: docs('training', 'Which inputs'),
  },
  methods: {
    summary: 'of CVs, and the options of each (--set)',
    text: async () => (await import('../options/training/index.js')).methodsHelp(width),
  },
  weights: {
    summary: 'biased frames, temperatures, replicas',
    text: docs('training', 'Which frames count how much'),
  },
  training: { summary: 'settings, length, stopping and going on', text: docs('training') },
  diagnostics: { summary: 'what speaks against a CV before a run', text: docs('diagnostics') },
  biases: { summary: 'of latentcv plumed: kinds, defaults, walls, windows', text: docs('biases') },
  'free-energy': { summary: 'ΔF and profiles, and their errors', text: docs('free-energy') },
  mlcolvar: { summary: 'networks of PyTorch and others in PLUMED', text: docs('mlcolvar') },
  python: { summary: 'the same from Python', text: docs('python') },
  json: { summary: 'what --json prints', text: docs('json') },
  installation: { summary: 'and the parts of others that are fetched', text: docs('installation') },
  clusters: { summary: 'one installation for all, jobs without a network', text: docs('clusters') },
  environment: { summary: 'variables that are read', text: environment },
  'exit-codes': { summary: 'what a script learns from them', text: exitCodes },
};

function environment(): string {
  return Object.entries(environmentVariables)
    .flatMap(([name, what]) => {
      const value = process.env[name];
      return [
        name,
        ...wrapped(`    ${what}`, width, '    ').map(indented),
        ...(value ? [`    now: ${value}`] : []),
      ];
    })
    .join('\n');
}

const indented = (line: string): string => `    ${line.trimStart()}`;

function exitCodes(): string {
  const lines = Object.entries(exitCodesInWords).flatMap(([code, words]) => {
    const errors = Object.entries(exitCodeOf).filter(([, of]) => of === Number(code));
    const names = errors.length === 0 ? '' : ` (${errors.map(([name]) => name).join(', ')})`;
    return wrapped(`${code.padEnd(3)} ${words}${names}`, width - 4, '      ').map((line, i) =>
      i === 0 ? `  ${line.replace(/^\d+ /, (begin) => begin.padEnd(4))}` : line,
    );
  });
  return [
    ...lines,
    '',
    'In brackets: the code of the error, as --json prints it. latentcv doctor ends with 3 where a part',
    'is missing that is needed. Without a command there is a short start, and 0.',
  ].join('\n');
}

/** The topics, a line each. */
export function topicList(): string {
  return Object.entries(topics)
    .map(([name, { summary }]) => `  ${name.padEnd(15)}${summary}`)
    .join('\n');
}
