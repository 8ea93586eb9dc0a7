#!/usr/bin/env node
import { describeError, exitCodeFor } from './failure.js';
import { createProgram } from './program.js';

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  const verbose = program.opts<{ verbose?: boolean }>().verbose === true || Boolean(process.env.DEBUG);
  const words = describeError(error, verbose);
  if (words !== '') process.stderr.write(`${words}\n`);
  process.exitCode = exitCodeFor(error);
}
