import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
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

/** A program that runs for a while, and what it prints. */
interface RunOptions extends Pick<ProcessOptions, 'command' | 'args' | 'env' | 'input' | 'signal'> {
  cwd: string;
  /** Where all it prints goes, both streams. */
  logPath: string;
  /** Adds to a log that exists. */
  append?: boolean;
  /** Told of every piece of text it prints. */
  onText?: (text: string) => void;
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
 * Runs a program to its end and returns the end of what it printed, which is read on its way to the log.
 * @param options.omit lines that are not worth keeping in the log
 * @throws LatentcvError `missing-tool` where it cannot be started, `interrupted` where the signal came (the program was
 * asked to stop and has stopped), `tool-failed` with its own words and the log's path otherwise.
 */
export async function runProgram(options: RunOptions & { omit?: RegExp }): Promise<string> {
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

function interrupted({ command, cwd }: Pick<RunOptions, 'command' | 'cwd'>): LatentcvError {
  return new LatentcvError('interrupted', `${basename(command)} in ${cwd} was stopped on request`);
}

function failed(
  { command, args, logPath }: Pick<RunOptions, 'command' | 'args' | 'logPath'>,
  end: ProcessEnd,
  tail: string,
): LatentcvError {
  const name = [basename(command), ...args.filter((arg) => /^[a-z]+$/.test(arg)).slice(0, 1)].join(' ');
  // nothing that it printed tells why
  const killed = end === 'SIGKILL';
  const how = typeof end === 'number' ? `with exit code ${end}` : `by ${end}`;
  return new LatentcvError(
    'tool-failed',
    killed
      ? `${name} ended ${how}, from outside, such as for want of memory`
      : `${name} ended ${how}: ${toolError(tail)}`,
    `all it printed is in ${logPath}`,
  );
}

/** ms between two looks at a growing log. */
const betweenLooks = 500;
/** ms that an engine has for its checkpoint once it is asked to stop: one of many atoms on many nodes takes minutes. */
const checkpointPatience = 600_000;

/**
 * Runs an engine to its end and returns the end of what it printed. It writes to the log by itself, so that it outlives this
 * process, whose death must not be the run's.
 * @throws LatentcvError as `runProgram`
 */
export async function runEngine(
  options: Omit<RunOptions, 'input'> & { onProcess?: (pid: number) => void },
): Promise<string> {
  const { command, args, cwd, env, signal, logPath, append = false } = options;
  const log = await open(logPath, append ? 'a+' : 'w+').catch((error: unknown) => {
    throw writeProblem(logPath, error);
  });
  const tail = new LogTail(log, append ? (await log.stat()).size : 0);
  const look = async (): Promise<void> => {
    const text = await tail.more();
    if (text !== '') options.onText?.(text);
  };
  const timer = setInterval(() => void look().catch(() => undefined), betweenLooks);
  try {
    const end = await runToEnd({
      ...{ command, args, cwd, env, signal, patience: checkpointPatience },
      output: log.fd,
      onStart: options.onProcess,
    });
    clearInterval(timer);
    await look();
    if (end === 0 && !signal?.aborted) return tail.last;
    throw signal?.aborted ? interrupted(options) : failed(options, end, tail.last);
  } finally {
    clearInterval(timer);
    await log.close();
  }
}

/** What has come to a file since the last look, and the end of it all. */
class LogTail {
  last = '';
  private looking: Promise<string> | undefined;

  constructor(
    private readonly file: FileHandle,
    private position: number,
  ) {}

  /** One look at a time. */
  more(): Promise<string> {
    this.looking = (this.looking ?? Promise.resolve('')).then(() => this.look());
    return this.looking;
  }

  private async look(): Promise<string> {
    const { size } = await this.file.stat();
    const length = size - this.position;
    if (length <= 0) return '';
    const { buffer, bytesRead } = await this.file.read(Buffer.alloc(length), 0, length, this.position);
    this.position += bytesRead;
    const text = buffer.toString('utf8', 0, bytesRead);
    this.last = (this.last + text).slice(-tailLength);
    return text;
  }
}
