import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { batchJobIsOver, isEarlierStart, ownBatchJob, type BatchJob } from './batch-job.js';
import { LatentcvError } from './errors.js';
import { isSystemError, writeProblem } from './file-problem.js';
import { expectNoStop } from './interruption.js';
import { markOf, partName, stillRuns, type ProcessMark } from './part-names.js';
import { forget, remember } from './unfinished.js';

/** Who holds a lock: a process that began at a time, on a machine. */
interface Holder extends ProcessMark {
  since: string;
  token: string;
  /** Of a process in a job of Slurm. */
  job?: BatchJob;
}

/** Who made a lock that is there. */
export interface LockHolder {
  /** Undefined where it has not yet written who it is. */
  process:
    { pid: number; host: string; /** When it took the lock, as an ISO date. */ since: string } | undefined;
  /** Whether it still holds it: of a process elsewhere, whether it showed itself in the last ten minutes and Slurm knows its job. */
  lives: boolean;
}

/** How often a holder shows that it is there, for those who cannot see its process; and when it is taken for gone. */
const signOfLife = 60_000;
const silence = 10 * signOfLife;
/** When Slurm is asked about the job of a holder elsewhere, and how often. */
const silenceOfJob = 2 * signOfLife;
const betweenQuestions = 30_000;
/** A file without a holder's name for longer than this is of one that was killed while it made the lock. */
const unnamed = 10_000;
/** ms from one look at the lock of another process to the next. */
const betweenLooks = 300;

/** A file that one process holds at a time; left behind by one that was killed, it is taken over. */
export class Lock {
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly content: string,
  ) {
    this.timer = setInterval(() => {
      const now = new Date();
      utimes(file, now, now).catch(() => undefined);
    }, signOfLife);
    this.timer.unref();
    remember(file);
  }

  /**
   * @param what for the message: `a.onnx is being trained by process 12`
   * @throws LatentcvError `file-access` where another process holds it
   */
  static async take(file: string, what: string): Promise<Lock> {
    const lock = await Lock.attempt(file);
    if (lock instanceof Lock) return lock;
    throw held(file, lock, what);
  }

  /**
   * The same, waiting for whoever holds it.
   * @param onWait told once, `a.onnx is being trained by process 12 …`
   * @throws LatentcvError `file-access` where no lock can be made, `interrupted`
   */
  static async await(
    file: string,
    what: string,
    { signal, onWait }: { signal?: AbortSignal; onWait?: (words: string) => void } = {},
  ): Promise<Lock> {
    for (let told = false; ; told = true) {
      expectNoStop(signal, `waiting for ${file}`);
      const lock = await Lock.attempt(file);
      if (lock instanceof Lock) return lock;
      if (!told) onWait?.(`${what} ${holderInWords(lock)}`);
      await pause(betweenLooks);
    }
  }

  /** The lock, or what stands in that of another process. */
  private static async attempt(file: string): Promise<Lock | string> {
    const content = JSON.stringify(self());
    for (let tries = 0; tries < 20; tries++) {
      if (await created(file, content)) return new Lock(file, content);
      const found = await readFile(file, 'utf8').catch(() => undefined);
      if (found === undefined) continue;
      if (!(await isLeft(file, found))) return found;
      await removeLeft(file, found);
    }
    return '';
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    if (!forget(this.file)) return;
    const found = await readFile(this.file, 'utf8').catch(() => undefined);
    if (found === this.content) await rm(this.file, { force: true }).catch(() => undefined);
  }
}

/** Who holds a lock, or held it until it was killed; the lock is left as it is. Undefined where there is none. */
export async function lockHolder(file: string): Promise<LockHolder | undefined> {
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  const holder = holderIn(content);
  const process = holder && { pid: holder.pid, host: holder.host, since: holder.since };
  return { process, lives: !(await isLeft(file, content)) };
}

function self(): Holder {
  return {
    ...markOf(process.pid),
    since: new Date().toISOString(),
    token: randomBytes(8).toString('hex'),
    job: ownBatchJob(),
  };
}

/** Only one of several processes makes the file, on file servers too. */
async function created(file: string, content: string): Promise<boolean> {
  let made = false;
  try {
    const handle = await open(file, 'wx');
    made = true;
    await handle.writeFile(content).finally(() => handle.close());
    return true;
  } catch (error) {
    if (made) await rm(file, { force: true });
    else if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw writeProblem(file, error);
  }
}

function holderIn(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined;
  }
}

/** Whether whoever held it has ended. */
async function isLeft(file: string, content: string): Promise<boolean> {
  const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now());
  const holder = holderIn(content);
  if (!holder) return age > unnamed;
  const lives = stillRuns(holder);
  if (lives !== undefined) return !lives;
  return age > silence || (holder.job !== undefined && (await isOver(holder.job, age)));
}

let lastQuestion = -Infinity;

/** Whether the job of a holder elsewhere has ended with its node. */
async function isOver(job: BatchJob, age: number): Promise<boolean> {
  if (isEarlierStart(job)) return true;
  if (age < silenceOfJob || performance.now() - lastQuestion < betweenQuestions) return false;
  lastQuestion = performance.now();
  return (await batchJobIsOver(job)) === true;
}

/** Removes the lock that was looked at, never one that another process has made since. */
async function removeLeft(file: string, content: string): Promise<void> {
  const aside = partName(file);
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => content);
  if (moved !== content) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function holderInWords(content: string): string {
  const holder = holderIn(content);
  return holder ? `by process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'by another process';
}

function held(file: string, content: string, what: string): LatentcvError {
  return new LatentcvError(
    'file-access',
    `${what} ${holderInWords(content)}`,
    `wait for it, or name another place; if that process has ended, remove ${file}`,
  );
}
