import { describeError, exitCodeFor } from './failure.js';
import { createProgram } from './program.js';
import { visible } from './visible.js';

// a reader that has seen enough, such as head, closes the pipe: that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  const verbose = program.opts<{ verbose?: boolean }>().verbose === true || Boolean(process.env.DEBUG);
  const words = describeError(error, verbose);
  if (words !== '') process.stderr.write(`${visible(words)}\n`);
  process.exitCode = exitCodeFor(error);
}
