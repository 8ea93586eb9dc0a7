import { setTimeout as pause } from 'node:timers/promises';
import { groupRuns, type ProcessMark } from '../../support/index.js';

/** ms that an engine has for its checkpoint, and between two looks whether it has ended. */
const patience = 600_000;
const betweenLooks = 200;

/**
 * Ends, at a checkpoint, the engine of a run whose latentcv was killed and which runs on alone: two of one run would write to the
 * same files. What the last start of the run noted of its process tells.
 * @param askToStop how the engine is asked; by SIGTERM where left out
 */
export async function endLeftRunning(
  process: ProcessMark | undefined,
  folder: string,
  { onNote, askToStop }: { onNote: (line: string) => void; askToStop?: (folder: string) => Promise<void> },
): Promise<void> {
  if (process === undefined || !groupRuns(process)) return;
  onNote(
    `${folder}: the engine of an earlier start still runs as process ${process.pid}: it is asked to stop at a checkpoint first`,
  );
  if (askToStop) await askToStop(folder);
  else signal(process.pid, 'SIGTERM');
  for (let waited = 0; groupRuns(process); waited += betweenLooks) {
    if (waited > patience) signal(process.pid, 'SIGKILL');
    await pause(betweenLooks);
  }
}

/** To all that it started, too: it leads a group of its own. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // it has ended
  }
}
