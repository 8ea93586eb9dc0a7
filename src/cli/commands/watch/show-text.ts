import { setTimeout as pause } from 'node:timers/promises';
import { momentText, Pace, type RunLook } from '../../../watch/index.js';
import type { RunsByName } from '../../frames/index.js';
import type { Terminal } from '../../terminal.js';
import { lookLines } from '../../words/index.js';
import { withLowPriority } from './low-priority.js';

/** Letters of the row of states. */
const rowWidth = 72;

/** Tells a look, and the next one where anything is new, until all runs have ended or Ctrl-C. */
export async function showText(
  runs: RunsByName,
  { once = false, refresh }: { once?: boolean; refresh: number },
  terminal: Terminal,
): Promise<void> {
  if (!once) withLowPriority();
  const pace = new Pace(refresh * 1000);
  const signal = once ? undefined : terminal.signal;
  for (let told = ''; ;) {
    const look = await pace.measured(() => runs.look());
    const stamp = look.runs.map(({ written, state }) => `${written} ${state}`).join('\n');
    if (stamp !== told) {
      if (told !== '') terminal.print();
      if (!once) terminal.print(`${momentText(look.at)}`);
      for (const line of lookLines(look, rowWidth)) terminal.print(line);
      told = stamp;
    }
    if (once || signal?.aborted || allEnded(look)) return;
    await pause(pace.wait, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) return;
  }
}

const allEnded = ({ runs }: RunLook): boolean =>
  runs.every(({ state }) => state !== null && state !== 'running');
