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

/** One for the process: the first Ctrl-C asks everything to stop, and says so; a second one ends the process at once. */
export function interruption(): AbortController {
  if (controller) return controller;
  const created = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (!created.signal.aborted) {
        asked = name;
        process.stderr.write('stopping in good order; once more ends at once\n');
        return created.abort();
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
