import { LatentcvError, type ErrorCode } from '../support/errors.js';
import { readProblem, systemErrorOf } from '../support/file-problem.js';

function translated(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const [, path, words] = /^cannot read (.+): (.+)$/s.exec(error.message) ?? [];
  const ofSystem = words === undefined ? undefined : systemErrorOf(words);
  if (ofSystem && path !== undefined) return readProblem(path, ofSystem);
  return new LatentcvError(error.code as ErrorCode, error.message);
}

/** Runs what calls the addon; its errors become LatentcvErrors of the same code. */
export function rethrow<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw translated(error);
  }
}

/** The same of a promise that the addon gave. */
export async function rethrowLater<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw translated(error);
  }
}
