import { LatentcvError, type ErrorCode, readProblem, systemErrorOf } from '../support/index.js';

/** The codes that the addon gives its errors, as native/core/include/latentcv/error.h spells them. */
const addonCodes: ReadonlySet<unknown> = new Set<ErrorCode>([
  'bad-model',
  'bad-argument',
  'file-not-found',
  'missing-tool',
  'bad-data',
]);

/** An error of ours, or of the addon, as one of ours; undefined for one of Node or of the language. */
export function latentcvError(error: unknown): LatentcvError | undefined {
  if (error instanceof LatentcvError) return error;
  if (!(error instanceof Error && 'code' in error && addonCodes.has(error.code))) return undefined;
  return new LatentcvError(error.code as ErrorCode, error.message);
}

function translated(error: unknown, named: (words: string) => string): unknown {
  const ours = latentcvError(error);
  if (!ours) return error;
  const [, path, words] = /^cannot read (.+): (.+)$/s.exec(ours.message) ?? [];
  const ofSystem = words === undefined ? undefined : systemErrorOf(words);
  if (ofSystem && path !== undefined) return readProblem(named(path), ofSystem);
  return new LatentcvError(ours.code, named(ours.message), ours.hint);
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
