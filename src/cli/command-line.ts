import { describeError, exitCodeFor } from './failure.js';
import { exitCodes } from './exit-codes.js';
import { leaveThreads } from './interruption.js';
import { createProgram } from './program.js';
import './streams.js';
import { visible } from './visible.js';

const program = await createProgram(process.argv.slice(2));
try {
  await program.parseAsync();
} catch (error) {
  const verbose = program.opts<{ verbose?: boolean }>().verbose === true || Boolean(process.env.DEBUG);
  const words = describeError(error, verbose);
  if (words !== '') process.stderr.write(`${visible(words)}\n`);
  process.exitCode = exitCodeFor(error);
  if (process.exitCode === exitCodes.interrupted) leaveThreads();
}
