import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Longest beginning of a file's name in that of its part, so that 255 bytes hold it in any script. */
const mostOfName = 50;

/** Where a number of a process means one thing: a machine since it was started, and a container on it. */
export interface ProcessPlace {
  host: string;
  boot: string;
  container: string;
}

let place: ProcessPlace | undefined;

/** This process's; what the system does not tell is empty. */
export function processPlace(): ProcessPlace {
  const attempt = (read: () => string): string => {
    try {
      return read().trim();
    } catch {
      return '';
    }
  };
  place ??= {
    host: hostname(),
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    container: attempt(() => readlinkSync('/proc/self/ns/pid')),
  };
  return place;
}

function machine(): string {
  const { host, boot, container } = processPlace();
  return createHash('sha256').update([host, boot, container].join('\n')).digest('hex').slice(0, 8);
}

const beginning = (place: string): string => `${basename(place).slice(0, mostOfName)}.${machine()}-`;

/** `model.onnx.1f2e3d4c-4711-8a7b6c5d.part`: the machine, the process, and a number of its own. */
export function partName(place: string): string {
  const own = randomBytes(4).toString('hex');
  return join(dirname(place), `${beginning(place)}${process.pid}-${own}.part`);
}

/** Removes parts of a file (or a folder) that processes of this machine left when they were killed; with `own`, this process's too. */
export function sweepParts(place: string, own = false): void {
  const begins = beginning(place);
  for (const name of namesIn(dirname(place))) {
    if (!name.startsWith(begins) || !name.endsWith('.part')) continue;
    const pid = Number(name.slice(begins.length).split('-')[0]);
    const over = pid === process.pid ? own : !runs(pid);
    if (over) rmSync(join(dirname(place), name), { force: true, recursive: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // a folder that cannot be listed can still be written to
  }
}

/** Whether a process of this place runs. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What Linux tells of a process: its state, group and beginning; undefined elsewhere, or of one that has ended. */
function processStat(pid: number): { state: string; group: number; began: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // behind the name, which may hold anything: fields 3, 5 and 22
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], group: Number(fields[2]), began: fields[19] };
  } catch {
    return undefined;
  }
}

/**
 * When a process began, as Linux counts it; empty elsewhere, or of one that has ended, also where nobody has taken note of its
 * end: a number of a process is given again.
 */
export function beganAt(pid: number): string {
  const stat = processStat(pid);
  return stat === undefined || stat.state === 'Z' ? '' : stat.began;
}

/** A process as another can know it again. */
export interface ProcessMark extends ProcessPlace {
  pid: number;
  began: string;
}

export const markOf = (pid: number): ProcessMark => ({ ...processPlace(), pid, began: beganAt(pid) });

/** Whether a process that was marked runs: undefined where it is another machine's, or another container's. */
export function stillRuns({ pid, began, host, boot, container }: ProcessMark): boolean | undefined {
  const own = processPlace();
  if (own.host !== host) return undefined;
  if (own.boot !== boot) return false; // the machine was started again
  if (own.container !== container) return undefined;
  return runs(pid) && beganAt(pid) === began;
}

/** Whether a process that was marked, which led a group of its own, or any that it started in it, runs on this machine. */
export function groupRuns(mark: ProcessMark): boolean {
  const { pid, began } = mark;
  const here = stillRuns({ ...mark, pid: process.pid, began: beganAt(process.pid) });
  if (here !== true) return false;
  const leader = processStat(pid);
  // a number that a group still has is given to no other process
  if (leader !== undefined && leader.began !== began) return false;
  if (leader === undefined && processStat(process.pid) === undefined) return runs(-pid);
  return namesIn('/proc').some((name) => {
    const stat = /^\d+$/.test(name) ? processStat(Number(name)) : undefined;
    return stat?.group === pid && stat.state !== 'Z';
  });
}
