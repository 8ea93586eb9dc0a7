import { LatentcvError, type ErrorCode, readProblem, systemErrorOf } from '../support/index.js';

function translated(error: unknown, named: (words: string) => string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const [, path, words] = /^cannot read (.+): (.+)$/s.exec(error.message) ?? [];
  const ofSystem = words === undefined ? undefined : systemErrorOf(words);
  if (ofSystem && path !== undefined) return readProblem(named(path), ofSystem);
  return new LatentcvError(error.code as ErrorCode, named(error.message));
}

const asTheyAre = (words: string): string => words;

/** Runs what calls the addon; its errors become LatentcvErrors of the same code. */
export function rethrow<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw translated(error, asTheyAre);
  }
}

/** The same of a promise that the addon gave, whose words may name files otherwise than the user does. */
export async function rethrowLater<T>(
  promise: Promise<T>,
  named: (words: string) => string = asTheyAre,
): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw translated(error, named);
  }
}
