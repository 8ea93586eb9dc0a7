import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../src/support/folders.js';

export const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

/** A `latentcv run` that was started, and how it ended. */
export interface Started {
  child: ChildProcess;
  /** Exit code, or the name of the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts the command; all it prints is added to a file. */
export function startRun(words: readonly string[], log: string, env: NodeJS.ProcessEnv = {}): Started {
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [main, 'run', ...words], {
    stdio: ['ignore', output, output],
    env: { ...process.env, DEBUG: '', ...env },
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? -1));
  });
  return { child, ended };
}

/** The processes that work in a folder: the engine, with the shell or loader that started it. */
export function enginesIn(folder: string): number[] {
  const place = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === place && !/^State:\s+[ZX]/m.test(statusOf(pid));
      } catch {
        return false; // ended meanwhile
      }
    })
    .map(Number);
}

const statusOf = (pid: string): string => readFileSync(`/proc/${pid}/status`, 'utf8');

export function killNow(pid: number): void {
  signalTo(pid, 'SIGKILL');
}

export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ended meanwhile
  }
}

/** Waits until no process works in the folder. @throws Error after so many seconds */
export async function untilNoEngine(folder: string, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
    if (enginesIn(folder).length === 0) return;
  }
  throw new Error(
    `expected no engine in ${folder} after ${seconds} s but ${enginesIn(folder).join(', ')} run`,
  );
}
