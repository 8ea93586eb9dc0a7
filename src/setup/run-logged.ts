import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LatentcvError, cacheFolder, packageRoot, runToEnd } from '../support/index.js';
import { failureOf } from './failures.js';

/** Characters of the end of what a command prints that are kept for messages. */
const mostKept = 100_000;

/** ms that a command has to end in, once it is asked to. */
const patience = 5_000;

/**
 * Ends a command and all that it started when its standard input closes, as it does when the process that started it is gone,
 * however that ended: what is left of a set-up that was killed must not write where the next one does.
 */
const guard = `exec 9<&0 </dev/null
{ while read -r _ <&9; do :; done; kill -KILL 0; } >/dev/null 2>&1 &
exec 9<&-
exec "$@"`;

/** What a command that is run with a log may be told. */
export interface LoggedOptions {
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/**
 * Runs a command in the package's folder; what it prints goes to `logs/NAME.log` of the cache, and its end is returned.
 * @throws LatentcvError `tool-failed` with what it printed at last, `missing-tool` where this machine cannot have what it
 * makes, `interrupted`
 */
export async function runLogged(
  name: string,
  command: string,
  args: readonly string[],
  { env, signal }: LoggedOptions = {},
): Promise<string> {
  mkdirSync(join(cacheFolder(), 'logs'), { recursive: true });
  const file = join(cacheFolder(), 'logs', `${name}.log`);
  const log = createWriteStream(file);
  // a full disk stops the command by itself
  log.on('error', () => undefined);
  let output = '';
  const onText = (text: string): void => {
    log.write(text);
    output = (output + text).slice(-mostKept);
  };
  // a bash whose input is a socket takes itself for one of a remote shell, and would read ~/.bashrc, which may change PATH
  const words = ['--norc', '-c', guard, 'bash', command, ...args];
  const its = { command: 'bash', args: words, cwd: packageRoot(), env, onText, signal, patience };
  const end = await runToEnd({ ...its, openInput: true });
  await new Promise((resolve) => log.end(resolve));
  if (signal?.aborted) throw new LatentcvError('interrupted', `${name} was stopped on request`);
  if (end !== 0) throw failureOf(output, end, file);
  return output;
}
