import type { Command } from 'commander';
import { describeError, exitCodeFor, failureOf } from './failure.js';
import { exitCodes } from './exit-codes.js';
import { leaveThreads } from './interruption.js';
import { createProgram } from './program.js';
import './streams.js';
import { visible } from './visible.js';

/** The command of that name, whose options a message may name. */
const ran = (name: string): Command => program.commands.find((command) => command.name() === name) ?? program;

/** Whether words ask for nothing but the versions of all parts, for scripts. */
const asksVersions = (words: readonly string[]): boolean =>
  words.includes('--json') &&
  words.length === 2 &&
  words.some((word) => word === '--version' || word === '-V');

const words = process.argv.slice(2);
const program = await createProgram(words);
try {
  if (words.length === 0) process.stdout.write((await import('./start.js')).start());
  else if (asksVersions(words)) await (await import('./versions.js')).printVersions();
  else await program.parseAsync();
} catch (error) {
  const verbose = program.opts<{ verbose?: boolean }>().verbose === true || Boolean(process.env.DEBUG);
  const problem = describeError(error, verbose);
  const failure = process.argv.includes('--json') ? failureOf(error) : undefined;
  if (problem !== '' || failure) {
    // what names the flags of a command is loaded with the command
    const { withFlags } = await import('./with-flags.js');
    const said = (text: string) => `${visible(withFlags(text, ran(program.args[0])))}\n`;
    if (problem !== '') process.stderr.write(said(problem));
    if (failure) process.stdout.write(said(JSON.stringify({ error: failure }, undefined, 2)));
  }
  process.exitCode = exitCodeFor(error);
  if (process.exitCode === exitCodes.interrupted) leaveThreads();
}
