import type { PartName, PartState } from '../setup/index.js';
import { counted, shortList } from '../support/index.js';
import type { Terminal } from './terminal.js';

/** A part and how it is here, as scripts read it. */
export interface PartReport extends PartState {
  part: PartName;
  what: string;
  from: string;
  /** MB. */
  download: number;
  size: number;
  use: string;
}

/** How parts are here. */
export async function reportParts(names: readonly PartName[]): Promise<PartReport[]> {
  const { partState, parts } = await import('../setup/index.js');
  const all = parts();
  return Promise.all(
    names.map(async (part) => {
      const { what, from, download, size, use } = all[part];
      return { part, ...(await partState(part)), what, from, download, size, use };
    }),
  );
}

/** Whether a part would be fetched. */
export const isToFetch = ({ state }: PartState): boolean => state === 'missing' || state === 'old';

/**
 * Fetches what is missing of these parts, after saying what comes from where.
 * @throws LatentcvError as `setUp` and `expectRoom`
 */
export async function fetchParts(names: readonly PartName[], terminal: Terminal): Promise<void> {
  const wanted = (await reportParts(names)).filter(isToFetch);
  if (wanted.length === 0) return;
  const { expectRoom, setUp, stepsOf } = await import('../setup/index.js');
  const { cacheFolder } = await import('../support/index.js');
  for (const { part, what, from, download, size } of wanted)
    terminal.note(`${part}: ${what}\n  from ${from}: ${download} MB to fetch, ${size} MB on the disk`);
  const sum = (of: (report: PartReport) => number): number =>
    wanted.reduce((total, report) => total + of(report), 0);
  const them = counted(wanted.length, 'part');
  terminal.note(`${them}, ${sum(({ download }) => download)} MB to fetch, into ${cacheFolder()}`);
  await expectRoom(sum(({ download, size }) => download + size));
  const steps = stepsOf(wanted.map(({ part }) => part));
  const { made } = await setUp(steps, { say: terminal.note, signal: terminal.signal, keepGoing: true });
  if (made.length > 0) terminal.note(`fetched: ${shortList(made)}`);
}
