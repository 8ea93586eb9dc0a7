import { spawn, type ChildProcess } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { LatentcvError, writeProblem } from '../support/index.js';
import { toolError } from './tool-messages.js';

/** A command that runs for a while. */
export interface ProcessOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  env?: Record<string, string>;
  /** File to read on standard input. */
  input?: string;
  /** Where all it prints goes, both streams. */
  logPath: string;
  /** Adds to a log that exists. */
  append?: boolean;
  /** Told of every piece of text it prints. */
  onText?: (text: string) => void;
  /** Lines that are not worth keeping in the log. */
  omit?: RegExp;
  signal?: AbortSignal | undefined;
}

/** After the request to stop: how long mdrun may take for its checkpoint. */
const patience = 60_000;
const tailLength = 1 << 16;

/** Keeps a log file and the end of what went into it, line by line. */
class Log {
  tail = '';
  private rest = '';
  private readonly file;
  private problem: unknown;

  constructor(
    private readonly path: string,
    append: boolean,
    private readonly omit: RegExp | undefined,
  ) {
    this.file = createWriteStream(path, { flags: append ? 'a' : 'w' });
    this.file.on('error', (error) => (this.problem ??= error));
  }

  take(text: string): void {
    const lines = (this.rest + text).split(/(?<=[\r\n])/);
    this.rest = /[\r\n]$/.test(lines.at(-1) ?? '') ? '' : (lines.pop() ?? '');
    this.keep(lines.filter((line) => !this.omit?.test(line)).join(''));
  }

  /** Throws `file-access` where not all of it could be written: what the tool itself wrote there is cut off, too. */
  async close(): Promise<void> {
    this.keep(this.rest);
    this.file.end();
    await finished(this.file).catch((error: unknown) => (this.problem ??= error));
    if (this.problem !== undefined) throw writeProblem(this.path, this.problem);
  }

  private keep(text: string): void {
    this.tail = (this.tail + text).slice(-tailLength);
    if (text !== '' && this.problem === undefined) this.file.write(text);
  }
}

/** Ends the child on request: asked first, killed where it does not listen. */
function stopOnAbort(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), patience);
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return () => {
    signal?.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}

function start({ command, args, cwd, env, input }: ProcessOptions): ChildProcess {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (input !== undefined && child.stdin) {
    // A tool that stops early closes its input; its exit code tells why.
    child.stdin.on('error', () => undefined);
    createReadStream(input)
      .on('error', () => child.stdin?.end())
      .pipe(child.stdin);
  }
  return child;
}

function exit(child: ChildProcess, { command }: ProcessOptions): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    child.on('error', (error) => {
      const problem = `expected the command ${command}, which cannot be started: ${error.message}`;
      reject(new LatentcvError('missing-tool', problem));
    });
  });
}

/**
 * Runs a command to its end and returns the end of what it printed.
 *
 * Throws `missing-tool` where it cannot be started, `interrupted` where the signal came (the command was asked to
 * stop and has stopped), `tool-failed` with its own words and the log's path otherwise.
 */
export async function runProcess(options: ProcessOptions): Promise<string> {
  const log = new Log(options.logPath, options.append ?? false, options.omit);
  const child = start(options);
  const release = stopOnAbort(child, options.signal);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log.take(text);
      options.onText?.(text);
    });
  }
  try {
    const code = await exit(child, options);
    if (code === 0) return log.tail;
    throw options.signal?.aborted ? interrupted(options) : failed(options, code, log.tail);
  } finally {
    release();
    await log.close();
  }
}

function interrupted({ command, cwd }: ProcessOptions): LatentcvError {
  return new LatentcvError('interrupted', `${basename(command)} in ${cwd} was stopped on request`);
}

function failed(
  { command, args, logPath }: ProcessOptions,
  code: number | string,
  tail: string,
): LatentcvError {
  const name = [basename(command), ...args.filter((arg) => /^[a-z]+$/.test(arg)).slice(0, 1)].join(' ');
  const how = typeof code === 'number' ? `with exit code ${code}` : `by ${code}`;
  return new LatentcvError(
    'tool-failed',
    `${name} ended ${how}: ${toolError(tail)}`,
    `all it printed is in ${logPath}`,
  );
}
