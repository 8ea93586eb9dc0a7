import type { Readable } from 'node:stream';
import { LatentcvError } from './errors.js';
import { forget, remember } from './unfinished.js';

/** A command, and what is wanted of it while it runs. */
export interface ProcessOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  /** Variables that it has beside those of this process. */
  env?: Readonly<Record<string, string>>;
  /** File that it reads on its standard input; without it there is nothing to read. */
  input?: string;
  /** Gives it a standard input from which nothing comes and which closes with this process. */
  openInput?: boolean;
  /** Descriptors that it gets as its 3, 4, …. */
  descriptors?: readonly number[];
  /** Told of its number once it runs. */
  onStart?: (pid: number) => void;
  /** Descriptor of a file to which all it prints goes, past this process; `onText` is then told nothing. */
  output?: number;
  /** Told of every piece of text that it prints. */
  onText?: (text: string, stream: 'stdout' | 'stderr') => void;
  /** Ends it and all that it started: they are asked (SIGTERM), and killed where they do not listen. */
  signal?: AbortSignal;
  /** ms from asking to killing; a minute by default. 0 kills at once. */
  patience?: number;
}

/** How a process ended: its exit code, or the signal that ended it. */
export type ProcessEnd = number | NodeJS.Signals;

/** After the request to stop: how long an engine may take for its checkpoint. */
const usualPatience = 60_000;

/** ms that a command has that is only asked something. */
const answerWithin = 60_000;

/** Characters of an answer that are kept; whatever follows is read and dropped. */
const mostOfAnswer = 1 << 24;

/** Characters in which something is looked for. */
const mostSearched = 1 << 22;

/**
 * Runs a command until it has ended and nobody holds its output any more. It leads a group of its own, so that what it
 * starts ends with it, and none of them outlives this process: but where that is killed (SIGKILL). Nothing of what it
 * prints is kept.
 * @throws LatentcvError `missing-tool` where it cannot be started
 */
export async function runToEnd(options: ProcessOptions): Promise<ProcessEnd> {
  const { command, args, cwd, env, input, descriptors = [], onStart, onText, signal } = options;
  // a descriptor of one's own, which execa's types do not know
  const printed = (options.output ?? 'pipe') as 'pipe';
  const nothing = options.openInput ? 'pipe' : 'ignore';
  // execa hands descriptors on as they are, which its types do not say
  const further = descriptors as unknown as readonly 'inherit'[];
  // loaded where something is started: it is a hundred files
  const { execa } = await import('execa');
  const group = new Group(options.patience ?? usualPatience);
  try {
    const child = execa(command, args, {
      cwd,
      env,
      detached: true,
      cleanup: false,
      buffer: false,
      reject: false,
      stdio: [input === undefined ? nothing : { file: input }, printed, printed, ...further],
    });
    group.leader = child.pid;
    for (const stream of ['stdout', 'stderr'] as const)
      (child[stream] as Readable | null)
        ?.setEncoding('utf8')
        .on('data', (text: string) => onText?.(text, stream));
    if (child.pid !== undefined) onStart?.(child.pid);
    if (signal?.aborted) group.end();
    else signal?.addEventListener('abort', group.end, { once: true });
    return endOf(command, await child);
  } finally {
    signal?.removeEventListener('abort', group.end);
    group.over();
  }
}

/** What execa tells of a process that has ended. */
interface Result {
  exitCode?: number;
  signal?: NodeJS.Signals;
  originalMessage?: string;
}

function endOf(command: string, { exitCode, signal, originalMessage }: Result): ProcessEnd {
  if (exitCode !== undefined) return exitCode;
  if (signal !== undefined) return signal;
  const problem = `expected the command ${command}, which cannot be started: ${originalMessage}`;
  throw new LatentcvError('missing-tool', problem);
}

let groups = 0;

/** A process and all that it starts: ended on request, and with this process, for which it is there before they start. */
class Group {
  /** The number of the process. */
  leader: number | undefined;
  private asked: boolean;
  private timer: NodeJS.Timeout | undefined;
  private readonly name = `processes ${groups++}`;

  constructor(private readonly patience: number) {
    this.asked = patience === 0;
    remember(this.name, this.end);
  }

  /** Asks it to end, and kills it once patience is over, or where it was asked before. */
  readonly end = (): void => {
    this.signal(this.asked ? 'SIGKILL' : 'SIGTERM');
    if (this.asked) return;
    this.asked = true;
    this.timer = setTimeout(this.end, this.patience);
  };

  /** All of it has ended. */
  over(): void {
    clearTimeout(this.timer);
    forget(this.name);
  }

  private signal(name: NodeJS.Signals): void {
    if (this.leader === undefined) return;
    try {
      process.kill(-this.leader, name);
    } catch {
      // all of it has ended
    }
  }
}

/** What a command answered. */
export interface Answer {
  end: ProcessEnd;
  stdout: string;
  stderr: string;
}

/** Asks a command something; undefined where it cannot be started. One that takes more than a minute is ended. */
export async function commandAnswer(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Answer | undefined> {
  const printed = { stdout: '', stderr: '' };
  const onText: ProcessOptions['onText'] = (text, stream) => {
    printed[stream] += text.slice(0, mostOfAnswer - printed[stream].length);
  };
  const signal = AbortSignal.timeout(answerWithin);
  try {
    return { end: await runToEnd({ command, args, env, onText, signal }), ...printed };
  } catch (error) {
    if (error instanceof LatentcvError && error.code === 'missing-tool') return undefined;
    throw error;
  }
}

/** What a command prints, on both streams, or undefined where it cannot be started or fails. */
export async function commandOutput(command: string, args: readonly string[]): Promise<string | undefined> {
  const answer = await commandAnswer(command, args);
  return answer?.end === 0 ? answer.stdout + answer.stderr : undefined;
}

/**
 * Looks in what a command prints on its standard output, as it grows, and ends the command once it is found: what
 * follows may be long. Undefined where the command ends, or has printed millions of characters, without it.
 * @param toTheEnd lets the command print all that follows, however long, and believes it only where it then succeeds
 * @throws LatentcvError `missing-tool` where it cannot be started
 */
export async function findInOutput<T>(
  command: string,
  args: readonly string[],
  find: (text: string) => T | undefined,
  { toTheEnd = false } = {},
): Promise<T | undefined> {
  const enough = new AbortController();
  let text = '';
  let found: T | undefined;
  const onText: ProcessOptions['onText'] = (piece, stream) => {
    if (stream === 'stderr' || found !== undefined || text.length > mostSearched) return;
    text += piece;
    found = find(text);
    if (!toTheEnd && (found !== undefined || text.length > mostSearched)) enough.abort();
  };
  const end = await runToEnd({ command, args, onText, signal: enough.signal });
  return toTheEnd && end !== 0 ? undefined : found;
}

/** The first program with one of these names in the folders of PATH. */
export async function onPath(...names: readonly string[]): Promise<string | undefined> {
  const { default: which } = await import('which');
  for (const name of names) {
    const path = await which(name, { nothrow: true });
    if (path !== null) return path;
  }
  return undefined;
}
