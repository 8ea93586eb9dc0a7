import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LatentcvError } from '../../support/index.js';
import type { ForeignMessage, ForeignRequest } from './foreign-messages.js';

/** How the process that reads is run. */
export interface ForeignRun {
  /** The file, as messages call it. */
  name: string;
  /** Descriptors that it gets as its 3 and 4. */
  descriptors?: number[];
  onMessage: (message: ForeignMessage) => void;
  signal?: AbortSignal | undefined;
}

/** Seconds without any progress after which it hangs. */
function patience(): number {
  const seconds = Number(process.env.LATENTCV_CHEMFILES_PATIENCE ?? 60);
  return seconds > 0 ? seconds : 60;
}

/** Bytes that a process has read so far, where the system tells. */
function bytesRead({ pid }: ChildProcess): string {
  try {
    return /rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Calls back once a process has neither said nor read anything for as long as patience lasts. */
function watch(child: ChildProcess, onHang: () => void): { alive: () => void; stop: () => void } {
  const most = 1000 * patience();
  let [since, read] = [Date.now(), ''];
  const timer = setInterval(() => {
    const now = bytesRead(child);
    if (now !== read) [since, read] = [Date.now(), now];
    else if (Date.now() - since >= most) onHang();
  }, most / 20);
  return { alive: () => (since = Date.now()), stop: () => clearInterval(timer) };
}

const convertFirst =
  'convert it by the program that wrote it, or gmx trjconv, MDAnalysis, MDTraj, … to XTC, TRR, DCD, PDB or GRO';

function crashed(reader: string, name: string, signal: NodeJS.Signals): LatentcvError {
  if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP') return stopped(name);
  const why = signal === 'SIGKILL' ? ', as where memory has run out' : '';
  return new LatentcvError('bad-data', `${reader} crashed (${signal}${why}) reading ${name}`, convertFirst);
}

const stopped = (name: string): LatentcvError =>
  new LatentcvError('interrupted', `reading ${name} was stopped on request`);

function problemOf(
  reader: string,
  name: string,
  code: number | null,
  signal: NodeJS.Signals | null,
): LatentcvError {
  if (signal) return crashed(reader, name, signal);
  // a shell's way to tell a signal, and that of programs that catch theirs
  const caught = Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - 128);
  if (caught) return crashed(reader, name, caught[0] as NodeJS.Signals);
  return new LatentcvError(
    'bad-data',
    `${reader} ended with exit code ${code} reading ${name}`,
    convertFirst,
  );
}

const problemIn = ({ error }: Extract<ForeignMessage, { error: object }>): LatentcvError =>
  new LatentcvError(error.code, error.message, error.hint);

/**
 * Runs chemfiles, or the HDF5 library, in a process of its own, which ends with this one.
 * @throws LatentcvError `bad-data` where it crashes or hangs, `interrupted`, and what it refuses.
 */
export async function runForeign(request: ForeignRequest, run: ForeignRun): Promise<void> {
  const { name, descriptors = [], onMessage, signal } = run;
  const reader = request.file?.reader ?? 'chemfiles';
  const script = fileURLToPath(new URL('foreign-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
  });
  let problem: LatentcvError | undefined;
  const end = (why: LatentcvError): void => {
    problem ??= why;
    child.kill('SIGKILL');
  };
  const watched = watch(child, () =>
    end(
      new LatentcvError(
        'bad-data',
        `${reader} did not come back from ${name} in ${patience()} s`,
        `${convertFirst}; LATENTCV_CHEMFILES_PATIENCE=600 waits longer`,
      ),
    ),
  );
  const onAbort = (): void => end(stopped(name));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed = (printed + text).slice(-2000)));
  const lines = child.stdout && createInterface({ input: child.stdout });
  lines?.on('line', (line) => {
    watched.alive();
    const message = JSON.parse(line) as ForeignMessage;
    if ('error' in message) problem ??= problemIn(message);
    else onMessage(message);
  });
  try {
    const [code, by] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.on('close', (...ended) => resolve(ended));
      child.on('error', reject);
    });
    if (problem) throw problem;
    if (code !== 0) throw problemOf(reader, name, code, by);
  } finally {
    watched.stop();
    signal?.removeEventListener('abort', onAbort);
  }
}
