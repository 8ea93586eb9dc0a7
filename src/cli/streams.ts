import { isSystemError, writeProblem } from '../support/index.js';
import { exitCodes } from './exit-codes.js';

/**
 * Whoever reads along may go, and the disk of a log may be full: neither stops what is being done. A result that could not
 * be written to stdout is told when everything else is done, by a line and the exit code; a reader that has seen
 * enough, such as head, is no failure.
 */
function keepGoing(stream: NodeJS.WriteStream, lost: (error: unknown) => void): void {
  stream.on('error', lost);
  // what goes to a file is written at once, and a full disk thrown
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]) => {
    try {
      return write(...args);
    } catch (error) {
      lost(error);
      return true;
    }
  };
}

let notWritten: unknown;

keepGoing(process.stderr, () => undefined);
keepGoing(process.stdout, (error) => {
  const readerGone = isSystemError(error) && error.code === 'EPIPE';
  if (!readerGone) notWritten ??= error;
});

process.on('exit', () => {
  if (notWritten === undefined) return;
  const problem = writeProblem('stdout', notWritten);
  process.stderr.write(`error: ${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode ||= exitCodes.failure;
});
