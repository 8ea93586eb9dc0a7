import { removeUnfinished } from '../support/index.js';

/** ms that threads have to end by themselves, once everything else is done. */
const patience = 500;

let controller: AbortController | undefined;
let asked: NodeJS.Signals = 'SIGINT';
const lastWork: (() => void)[] = [];

/** What is done before the process ends at once. */
export const beforeForcedEnd = (work: () => void): void => void lastWork.push(work);

/** By the signal itself: an exit would wait for threads that compute. */
function endAtOnce(name: NodeJS.Signals): void {
  for (const work of lastWork) work();
  removeUnfinished();
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}

/** Signals that ask to stop, and those that end at once where they come again. */
const polite = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'] as const;
const urgent: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

/**
 * One for the process: Ctrl-C, a polite kill, the end of the terminal and a batch system's warning (Slurm's `--signal=USR1`) ask
 * everything to stop, and say so. Ctrl-C or a kill once more ends the process at once, but not the SIGTERM that follows a batch
 * system's warning.
 */
export function interruption(): AbortController {
  if (controller) return controller;
  const created = new AbortController();
  for (const name of polite) {
    process.on(name, () => {
      if (!created.signal.aborted) {
        asked = name;
        process.stderr.write('stopping in good order; once more ends at once\n');
        return created.abort();
      }
      if (!urgent.includes(name)) return;
      if (!urgent.includes(asked)) {
        asked = name;
        return;
      }
      process.stderr.write('interrupted again: ended at once, what was not yet kept is lost\n');
      endAtOnce(name);
    });
  }
  controller = created;
  return created;
}

/** After a command that was interrupted: threads that still compute, for nobody, do not keep the process. */
export function leaveThreads(): void {
  setTimeout(() => endAtOnce(asked), patience).unref();
}
