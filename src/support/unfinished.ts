import { rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** Files (and folders) of this thread that are beside their places. */
const unfinished = new Set<string>();

const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Remembers a file until it is in its place, or gone. */
export function remember(part: string): void {
  if (unfinished.size === 0 && isMainThread) for (const name of deadly) process.on(name, onSignal);
  unfinished.add(part);
}

/** Returns whether it was remembered. */
export function forget(part: string): boolean {
  const there = unfinished.delete(part);
  if (there && unfinished.size === 0 && isMainThread)
    for (const name of deadly) process.removeListener(name, onSignal);
  return there;
}

/** Removes, at once, whatever this thread has not put in its place: for a process that is about to be ended. */
export function removeUnfinished(): void {
  for (const part of [...unfinished]) {
    rmSync(part, { force: true, recursive: true });
    forget(part);
  }
}

/** A signal that would have ended the process still does; where others listen to it, they decide. */
function onSignal(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 1) return;
  removeUnfinished();
  process.kill(process.pid, name);
}
