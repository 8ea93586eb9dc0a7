import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { LatentcvError } from '../src/support/errors.js';
import { packageRoot } from '../src/support/folders.js';

/**
 * What the command prints on stdout; stderr is shown.
 * @param codes with which it may end
 */
export function latentcv(words: readonly string[], folder: string, codes: readonly number[] = [0]): string {
  const command = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');
  const { status, signal, stdout } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (codes.includes(status ?? -1)) return stdout;
  throw new LatentcvError(
    'tool-failed',
    `latentcv ${words.join(' ')} ended with ${status ?? signal}\n${stdout}`,
  );
}
