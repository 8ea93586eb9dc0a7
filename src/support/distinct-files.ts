import { realpath, stat } from 'node:fs/promises';
import { LatentcvError } from './errors.js';

/** What one file has, by whatever name, link or spelling it is given; a file that is not there is left to its reader. */
async function identity(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return ino === 0n ? await realpath(path) : `${dev}:${ino}`;
  } catch {
    return path;
  }
}

/**
 * @throws LatentcvError `bad-argument` where two names are of one file, whose frames would then count twice
 */
export async function expectDistinctFiles(paths: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const own = await identity(path);
    const before = seen.get(own);
    if (before !== undefined) throw twice(before, path);
    seen.set(own, path);
  }
}

function twice(first: string, second: string): LatentcvError {
  const names = first === second ? `${first} twice` : `${first} and ${second}, which are one file`;
  return new LatentcvError(
    'bad-argument',
    `expected files of their own but received ${names}`,
    'its frames would count twice: give it once',
  );
}
