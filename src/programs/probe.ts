import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What a command prints, on both streams, or undefined where it cannot be started or fails. */
export function commandOutput(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 16 << 20, timeout: 60_000 };
    execFile(command, args, options, (error, stdout, stderr) => resolve(error ? undefined : stdout + stderr));
  });
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first executable file with one of these names in the folders of PATH. */
export async function onPath(...names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder || '.', name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}
