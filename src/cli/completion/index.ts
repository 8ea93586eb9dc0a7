/**
 * Scripts by which shells complete the command line. They are made of what the commands take (`words.ts`), so that nothing is said
 * twice; each shell has a file.
 */
import type { Command } from 'commander';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { programWords, type ProgramWords } from './words.js';
import { zshScript } from './zsh.js';

const scripts: Readonly<Record<string, (words: ProgramWords) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export const shells = Object.keys(scripts);

/** The script for one of the shells, of a command line all of whose commands are loaded. */
export const completionScript = (shell: string, program: Command): string =>
  scripts[shell](programWords(program));
