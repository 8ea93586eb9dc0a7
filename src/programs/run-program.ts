import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  LatentcvError,
  runToEnd,
  writeProblem,
  type ProcessEnd,
  type ProcessOptions,
} from '../support/index.js';
import { toolError } from './tool-messages.js';

/** A program that runs for a while. */
export interface RunOptions extends Pick<ProcessOptions, 'command' | 'args' | 'env' | 'input' | 'signal'> {
  cwd: string;
  /** Where all it prints goes, both streams. */
  logPath: string;
  /** Adds to a log that exists. */
  append?: boolean;
  /** Told of every piece of text it prints. */
  onText?: (text: string) => void;
  /** Lines that are not worth keeping in the log. */
  omit?: RegExp;
}

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

  /** @throws LatentcvError `file-access` where not all could be written: what the tool itself wrote there is cut off, too. */
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

/**
 * Runs a program to its end and returns the end of what it printed.
 * @throws LatentcvError `missing-tool` where it cannot be started, `interrupted` where the signal came (the program was
 * asked to stop and has stopped), `tool-failed` with its own words and the log's path otherwise.
 */
export async function runProgram(options: RunOptions): Promise<string> {
  const { command, args, cwd, env, input, signal } = options;
  const log = new Log(options.logPath, options.append ?? false, options.omit);
  const onText = (text: string): void => {
    log.take(text);
    options.onText?.(text);
  };
  try {
    const end = await runToEnd({ command, args, cwd, env, input, signal, onText });
    if (end === 0) return log.tail;
    throw signal?.aborted ? interrupted(options) : failed(options, end, log.tail);
  } finally {
    await log.close();
  }
}

function interrupted({ command, cwd }: RunOptions): LatentcvError {
  return new LatentcvError('interrupted', `${basename(command)} in ${cwd} was stopped on request`);
}

function failed({ command, args, logPath }: RunOptions, end: ProcessEnd, tail: string): LatentcvError {
  const name = [basename(command), ...args.filter((arg) => /^[a-z]+$/.test(arg)).slice(0, 1)].join(' ');
  const how = typeof end === 'number' ? `with exit code ${end}` : `by ${end}`;
  return new LatentcvError(
    'tool-failed',
    `${name} ended ${how}: ${toolError(tail)}`,
    `all it printed is in ${logPath}`,
  );
}
