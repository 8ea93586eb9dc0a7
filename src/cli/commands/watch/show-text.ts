import { setTimeout as pause } from 'node:timers/promises';
import { momentText, Pace } from '../../../watch/index.js';
import type { Terminal } from '../../terminal.js';
import { withLowPriority } from './low-priority.js';
import type { Sight } from './sight.js';

/** Tells a look, and the next one where anything is new, until all has ended or Ctrl-C. */
export async function showText(
  look: () => Promise<Sight>,
  { once = false, refresh }: { once?: boolean; refresh: number },
  terminal: Terminal,
): Promise<void> {
  if (!once) withLowPriority();
  const pace = new Pace(refresh * 1000);
  const signal = once ? undefined : terminal.signal;
  for (let told: string[] | undefined; ;) {
    const sight = await pace.measured(look);
    const fresh = sight.parts.filter(({ stamp }, i) => stamp !== told?.[i]);
    if (fresh.length > 0) {
      if (told) terminal.print();
      if (!once) terminal.print(momentText(sight.at));
      for (const line of apart(fresh.map(({ lines }) => lines()))) terminal.print(line);
      told = sight.parts.map(({ stamp }) => stamp);
    }
    if (once || signal?.aborted || sight.over) return;
    await pause(pace.wait, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) return;
  }
}

/** Parts that say something, an empty line between them. */
const apart = (parts: readonly string[][]): string[] =>
  parts.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
