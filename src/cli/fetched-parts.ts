import type { PartName, PartState } from '../setup/index.js';
import { cacheFolder, counted, shortList } from '../support/index.js';
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

/** What there is to fetch for a part, in MB. */
function toFetch({ state, download, size }: PartReport): { download: number; size: number } | undefined {
  if (state === 'missing' || state === 'old') return { download, size };
  return state === 'aside' ? { download: 0, size: 0 } : undefined;
}

/** What there is to fetch for a part, in words; undefined where it is here. */
export function toFetchInWords(report: PartReport): string | undefined {
  const wanted = toFetch(report);
  if (wanted?.download === 0) return 'fetched before, but it is no longer where it is looked for';
  return wanted && `from ${report.from}: ${wanted.download} MB to fetch, ${wanted.size} MB on the disk`;
}

/**
 * Fetches what is missing of these parts, after saying what comes from where.
 * @throws LatentcvError as `setUp` and `expectRoom`
 */
export async function fetchParts(names: readonly PartName[], terminal: Terminal): Promise<void> {
  const wanted = (await reportParts(names)).filter((report) => toFetch(report) !== undefined);
  if (wanted.length === 0) return;
  const { expectRoom, setUp, stepsOf } = await import('../setup/index.js');
  for (const report of wanted) terminal.note(`${report.part}: ${report.what}\n  ${toFetchInWords(report)}`);
  const sum = (of: 'download' | 'size'): number =>
    wanted.reduce((total, report) => total + (toFetch(report)?.[of] ?? 0), 0);
  terminal.note(`${counted(wanted.length, 'part')}, ${sum('download')} MB to fetch, into ${cacheFolder()}`);
  await expectRoom(sum('download') + sum('size'));
  const steps = stepsOf(wanted.map(({ part }) => part));
  const { made } = await setUp(steps, { say: terminal.note, signal: terminal.signal, keepGoing: true });
  if (made.length > 0) terminal.note(`fetched: ${shortList(made)}`);
}
