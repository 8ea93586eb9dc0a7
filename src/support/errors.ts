/** What went wrong, as a word that scripts can compare; stable across versions. */
export type ErrorCode =
  | 'file-not-found'
  | 'file-access'
  /** What is in a file is not what its kind has: it is cut off, or damaged. */
  | 'file-format'
  /** The file is of another kind than the one that is read there. */
  | 'other-kind'
  | 'bad-argument'
  | 'bad-data'
  | 'bad-graph'
  | 'bad-model'
  | 'plumed-input'
  | 'missing-tool'
  | 'tool-failed'
  | 'interrupted';

/**
 * Every error this package throws on purpose. The message is lower case and says what was expected,
 * what came and where (file, line, column, frame or step); `hint` is the next thing to do.
 */
export class LatentcvError extends Error {
  override readonly name = 'LatentcvError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** `expected a positive number for --barrier but received "abc"`: the one form of argument errors. */
export function invalidArgument(expected: string, name: string, actual: unknown): LatentcvError {
  const shown = typeof actual === 'string' ? JSON.stringify(actual) : String(actual);
  return new LatentcvError('bad-argument', `expected ${expected} for ${name} but received ${shown}`);
}
