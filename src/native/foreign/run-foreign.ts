import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { LatentcvError, runToEnd, type ProcessEnd } from '../../support/index.js';
import type { ForeignMessage, ForeignRequest } from './foreign-messages.js';

/** How the process that reads is run. */
export interface ForeignRun {
  /** The file, as messages call it; of several, that which is being read. */
  name: string | (() => string);
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
function bytesRead(pid: number): string {
  try {
    return /rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Calls back once a process has neither said nor read anything for as long as patience lasts. */
function watch(pid: number, onHang: () => void): { alive: () => void; stop: () => void } {
  const longestSilence = 1000 * patience();
  let [since, read] = [Date.now(), ''];
  const timer = setInterval(() => {
    const now = bytesRead(pid);
    if (now !== read) [since, read] = [Date.now(), now];
    else if (Date.now() - since >= longestSilence) onHang();
  }, longestSilence / 20);
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

function problemOf(reader: string, name: string, end: ProcessEnd): LatentcvError {
  if (typeof end === 'string') return crashed(reader, name, end);
  // a shell's way to tell a signal, and that of programs that catch theirs
  const caught = Object.entries(constants.signals).find(([, number]) => number === end - 128);
  if (caught) return crashed(reader, name, caught[0] as NodeJS.Signals);
  return new LatentcvError('bad-data', `${reader} ended with exit code ${end} reading ${name}`, convertFirst);
}

const problemIn = ({ error }: Extract<ForeignMessage, { error: object }>): LatentcvError =>
  new LatentcvError(error.code, error.message, error.hint);

/** Calls back with each whole line of a text that comes in pieces. */
function byLine(onLine: (line: string) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    lines.forEach(onLine);
  };
}

/**
 * Runs chemfiles, or the HDF5 library, in a process of its own, which ends with this one.
 * @throws LatentcvError `bad-data` where it crashes or hangs, `interrupted`, and what it refuses
 */
export async function runForeign(request: ForeignRequest, run: ForeignRun): Promise<void> {
  const { descriptors, onMessage, signal } = run;
  const name = (): string => (typeof run.name === 'string' ? run.name : run.name());
  const reader = request.file?.reader ?? 'chemfiles';
  const script = fileURLToPath(new URL('foreign-process.js', import.meta.url));
  const stop = new AbortController();
  let problem: LatentcvError | undefined;
  const end = (why: LatentcvError): void => {
    problem ??= why;
    stop.abort();
  };
  const hangs = (): string => `${reader} did not come back from ${name()} in ${patience()} s`;
  const waitLonger = `${convertFirst}; LATENTCV_CHEMFILES_PATIENCE=600 waits longer`;
  let watched: ReturnType<typeof watch> | undefined;
  const take = byLine((line) => {
    watched?.alive();
    const message = JSON.parse(line) as ForeignMessage;
    if ('error' in message) problem ??= problemIn(message);
    else onMessage(message);
  });
  const onAbort = (): void => end(stopped(name()));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    const ended = await runToEnd({
      command: process.execPath,
      args: [script, JSON.stringify(request)],
      descriptors,
      onStart: (pid) => (watched = watch(pid, () => end(new LatentcvError('bad-data', hangs(), waitLonger)))),
      onText: (text, stream) => stream === 'stdout' && take(text),
      signal: stop.signal,
      patience: 0,
    });
    if (problem) throw problem;
    if (ended !== 0) throw problemOf(reader, name(), ended);
  } finally {
    watched?.stop();
    signal?.removeEventListener('abort', onAbort);
  }
}
