import { rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** What this thread has begun and must not leave behind (files beside their places, programs), and how it is undone. */
const unfinished = new Map<string, () => void>();

const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Remembers something until it is forgotten: where this process ends before, it is undone.
 * @param undo by default removes the file (or folder) of this name
 */
export function remember(
  name: string,
  undo = (): void => rmSync(name, { force: true, recursive: true }),
): void {
  if (unfinished.size === 0 && isMainThread) {
    for (const signal of deadly) process.on(signal, onSignal);
    process.on('exit', removeUnfinished);
  }
  unfinished.set(name, undo);
}

/** Returns whether it was remembered. */
export function forget(name: string): boolean {
  const there = unfinished.delete(name);
  if (there && unfinished.size === 0 && isMainThread) {
    for (const signal of deadly) process.removeListener(signal, onSignal);
    process.removeListener('exit', removeUnfinished);
  }
  return there;
}

/**
 * Removes, at once, whatever this thread has not put in its place, and ends the programs that it runs: for a process that is
 * about to be ended.
 */
export function removeUnfinished(): void {
  for (const [name, undo] of [...unfinished]) {
    undo();
    forget(name);
  }
}

/** A signal that would have ended the process still does; where others listen to it, they decide. */
function onSignal(name: NodeJS.Signals): void {
  if (process.listenerCount(name) > 1) return;
  removeUnfinished();
  process.kill(process.pid, name);
}
