import type { FrameTimes, TrajectoryFile } from './frame-times.js';

/** Frames of a file that are read. */
export interface PlannedFile {
  file: TrajectoryFile;
  /** First frame, and one past the last. */
  from: number;
  to: number;
  /** False where the file goes on where the one before it ended. */
  startsTrajectory: boolean;
}

/** Times closer than this, in ps, are the same: GROMACS keeps them in single precision. */
const resolution = (time: number): number => 2e-6 + 1e-6 * Math.abs(time);

/** Time goes back to the start in another file: a trajectory of its own. */
function startsOver(file: TrajectoryFile, start: TrajectoryFile): boolean {
  const spacing = Number.isNaN(start.second) ? 0 : start.second - start.first;
  return file.first <= start.first + spacing + resolution(start.first);
}

/** Time from which a later restart wrote each file's frames again. */
function untils(files: readonly TrajectoryFile[], starts: readonly boolean[]): number[] {
  let until = Infinity;
  return files
    .map((file, i) => ({ file, next: files[i + 1], startsNext: starts[i + 1] ?? true }))
    .toReversed()
    .map(({ next, startsNext }) => {
      until = startsNext ? Infinity : Math.min(until, next.first - resolution(next.first));
      return until;
    })
    .toReversed();
}

/** Which frames of which files are taken, so that none is counted twice where a restart wrote it again. */
export async function planTrajectory(
  files: readonly TrajectoryFile[],
  range: { begin?: number; end?: number },
  times: FrameTimes,
): Promise<PlannedFile[]> {
  const { begin = -Infinity, end = Infinity } = range;
  let start = 0;
  const starts = files.map((file, i) => {
    const over = i === 0 || startsOver(file, files[start]);
    if (over) start = i;
    return over;
  });
  const until = untils(files, starts);
  const plan: PlannedFile[] = [];
  for (const [i, file] of files.entries()) {
    const from = begin <= file.first ? 0 : await times.firstFrom(file, begin - resolution(begin));
    const replaced = until[i] <= file.last ? await times.firstFrom(file, until[i]) : file.frames;
    const after = end + resolution(end);
    const past = after < file.last ? await times.firstFrom(file, after) : file.frames;
    plan.push({ file, from, to: Math.max(from, Math.min(replaced, past)), startsTrajectory: starts[i] });
  }
  return plan;
}
