import { basename, dirname, resolve } from 'node:path';
import { withoutPackingEnding } from '../../packing/index.js';

/** What is known of files that may be parts of one run. */
export interface PartFile {
  path: string;
  /** Times of its first and last frame. */
  first: number;
  last: number;
}

/** `traj.part0002.xtc` is what `gmx mdrun -noappend` writes when it goes on after `traj.xtc` or `traj.part0001.xtc`; packed or not. */
function partName(path: string): { run: string; part: number } {
  const file = withoutPackingEnding(basename(path));
  const [found, stem, part, ending] = /^(.+)\.part(\d{4,})(\.[^.].*)$/.exec(file) ?? [];
  const name = found === undefined ? file : `${stem}${ending}`;
  return { run: resolve(dirname(path), name), part: found === undefined ? 1 : Number(part) };
}

/** What the parts of one run have in common, as the engine names them. */
export const runOfPart = (path: string): string => partName(path).run;

const natural = new Intl.Collator('en', { numeric: true });

/** By when they begin, so that the order in which they were given decides nothing. */
const byTime = (a: PartFile, b: PartFile): number =>
  a.first - b.first || a.last - b.last || natural.compare(resolve(a.path), resolve(b.path));

/** Parts as the engine numbered them: one that goes back further than the one before it replaces more of it. */
const byNumber = (a: PartFile, b: PartFile): number =>
  partName(a.path).part - partName(b.path).part || byTime(a, b);

/**
 * The files run by run, each run's parts in the order in which they were written: a file is a run of its own, unless the
 * engine's names say that it is a part of another, or `parts` that all files of a folder are parts of one run.
 */
export function runsOf<F extends PartFile>(files: readonly F[], parts = false): F[][] {
  const runs = new Map<string, F[]>();
  for (const file of files) {
    const run = parts ? resolve(dirname(file.path)) : partName(file.path).run;
    runs.set(run, [...(runs.get(run) ?? []), file]);
  }
  return [...runs.values()].map((run) => {
    const numbered = new Set(run.map(({ path }) => partName(path).run)).size === 1;
    return run.toSorted(numbered ? byNumber : byTime);
  });
}
