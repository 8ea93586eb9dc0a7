import { CommanderError } from 'commander';
import { LatentcvError, type ErrorCode, systemProblem } from '../support/index.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.js';

/** The exit code for whatever ended a command. */
export function exitCodeFor(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (isAbort(thrown)) return exitCodes.interrupted;
  const error = systemProblem(thrown) ?? thrown;
  return exitCodeOf[error instanceof LatentcvError ? error.code : 'fault'];
}

/** An error as one or two lines, `error: …` and `hint: …`; with the stack where asked. */
export function describeError(thrown: unknown, verbose: boolean): string {
  if (thrown instanceof CommanderError) return ''; // commander has said it already
  // of a file, what the system says is no fault of this program
  const error = systemProblem(thrown) ?? thrown;
  if (isAbort(error) && !(error instanceof LatentcvError)) return 'interrupted';
  const known = error instanceof LatentcvError;
  const message = error instanceof Error ? error.message || error.name : String(error);
  const hint = known
    ? error.hint
    : verbose
      ? undefined
      : 'this is a fault of latentcv: --verbose shows where';
  const lines = [
    `${isAbort(error) ? 'interrupted' : 'error'}: ${message}`,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
  if (verbose && thrown instanceof Error) lines.push(thrown.stack ?? '');
  return lines.join('\n');
}

/** The same for scripts, as `--json` prints it in place of a result. */
export interface Failure {
  /** `fault` where it is one of latentcv itself. */
  code: ErrorCode | 'fault';
  message: string;
  hint: string | null;
  exitCode: ExitCode;
}

/** What ended a command, for scripts; undefined of a command that only was asked for its help. */
export function failureOf(thrown: unknown): Failure | undefined {
  const exitCode = exitCodeFor(thrown);
  if (thrown instanceof CommanderError) {
    if (exitCode === exitCodes.ok) return undefined;
    const [message, ...rest] = thrown.message.replace(/^error: /, '').split('\n');
    return { code: 'bad-argument', message, hint: rest.join(' ') || null, exitCode };
  }
  const error = systemProblem(thrown) ?? thrown;
  if (error instanceof LatentcvError)
    return { code: error.code, message: error.message, hint: error.hint ?? null, exitCode };
  const message = error instanceof Error ? error.message || error.name : String(error);
  return { code: isAbort(error) ? 'interrupted' : 'fault', message, hint: null, exitCode };
}

function isAbort(error: unknown): boolean {
  if (error instanceof LatentcvError) return error.code === 'interrupted';
  return error instanceof Error && error.name === 'AbortError';
}
