import { counted, digits } from '../../support/index.js';
import { dirname, resolve } from 'node:path';
import { spacingOf, type FileSegment } from './file-segments.js';
import { runsOf } from './parts.js';
import { holeFrom, sameTime } from './tolerances.js';

/** A file of frames with its segments. */
export interface TimedFile {
  path: string;
  segments: readonly FileSegment[];
}

/** A segment of a file, with what of it counts. */
export interface PlannedSegment extends FileSegment {
  /** Frames at this time or later are left out: a restart wrote them again, in this file or another. */
  until: number;
  replacedBy?: string;
  /** Whether a run begins with it, or a restart goes on. */
  startsRun: boolean;
}

/** A file of a run. */
export interface RunFile<F extends TimedFile> {
  file: F;
  /** The first file of its run: what the run is called. */
  run: string;
  segments: readonly PlannedSegment[];
}

export interface Timeline<F extends TimedFile> {
  parts: RunFile<F>[];
  /** What should be told of it, a line each. */
  notes: string[];
}

interface TimelineOptions {
  /** Files of one folder are parts of one run; see `runsOf`. */
  parts?: boolean | undefined;
  /** ps per unit of the files' times, for what is told. */
  unit?: number | undefined;
}

/**
 * Which frames of which files count, and in which order. Each file is a run of its own; of parts of a run, and within a
 * file, frames that a restart wrote again count once, as it wrote them. A file whose time starts over at its very start
 * holds another run from there on: nothing goes on there. Pure: for tables and trajectories alike.
 */
export function timelineOf<F extends TimedFile>(
  files: readonly F[],
  { parts = false, unit = 1 }: TimelineOptions = {},
): Timeline<F> {
  const timed = files.map((file) => ({ file, path: file.path, ...endsOf(file) }));
  const runs = runsOf(timed, parts).map((run) => run.map(({ file }) => file));
  const notes = parts ? [] : maybeParts(runs, unit);
  const planned = runs.flatMap((run) => {
    const begun = begin(run, !parts && run.length === 1, notes, unit);
    cut(begun);
    return begun;
  });
  return { parts: planned, notes };
}

function endsOf({ segments }: TimedFile): { first: number; last: number } {
  return { first: segments[0]?.first ?? Infinity, last: segments.at(-1)?.last ?? Infinity };
}

/** The segments of a run's files; where one starts over, another run begins. */
function begin<F extends TimedFile>(
  files: readonly F[],
  startsOver: boolean,
  notes: string[],
  unit: number,
): RunFile<F>[] {
  let start: FileSegment | undefined;
  return files.map((file) => ({
    file,
    run: files[0].path,
    segments: file.segments.map((segment, i) => {
      const over =
        startsOver && i > 0 && segment.first <= start!.first + sameTime(start!.first, spacingOf(start!));
      if (over) notes.push(anotherRun(file, segment, unit));
      const startsRun = start === undefined || over;
      if (startsRun) start = segment;
      return { ...segment, until: Infinity, startsRun };
    }),
  }));
}

/** Each segment ends where the earliest later one of its run begins. */
function cut<F extends TimedFile>(parts: readonly RunFile<F>[]): void {
  let until = Infinity;
  let by = '';
  for (const { file, segments } of parts.toReversed())
    for (const segment of segments.toReversed()) {
      segment.until = until;
      if (segment.last >= until) segment.replacedBy = by;
      const from = segment.first - sameTime(segment.first, spacingOf(segment));
      if (segment.startsRun) until = Infinity;
      else if (from < until) [until, by] = [from, file.path];
    }
}

const timeInWords = (time: number): string => `${digits(time, 9)} ps`;

function anotherRun({ path }: TimedFile, { first }: FileSegment, unit: number): string {
  return (
    `${path}: time starts over at ${timeInWords(first * unit)}, so another run begins there ` +
    '(‘parts’ says that it is one run, whose frames were written again)'
  );
}

/** Whether a run begins where another of its folder ends, or within it, as a part of it would. */
function looksLikePart(earlier: readonly TimedFile[], later: readonly TimedFile[]): boolean {
  const [a, b] = [earlier[0].segments[0], later[0].segments[0]];
  if (!a || !b || resolve(dirname(earlier[0].path)) !== resolve(dirname(later[0].path))) return false;
  const end = earlier.at(-1)!.segments.at(-1)!;
  const spacing = spacingOf(end);
  return (
    b.first > a.first + sameTime(a.first, spacing) &&
    b.first <= end.last + (Number.isNaN(spacing) ? 0 : holeFrom * spacing)
  );
}

function maybeParts(runs: readonly (readonly TimedFile[])[], unit: number): string[] {
  const sorted = runs.filter(([{ segments }]) => segments.length > 0).toSorted(byFirst);
  const found = sorted.slice(1).flatMap((run, i) => {
    const before = sorted.slice(0, i + 1).findLast((each) => looksLikePart(each, run));
    return before ? [{ before, run }] : [];
  });
  if (found.length === 0) return [];
  const [{ before, run }] = found;
  const others = found.length > 1 ? ` (as ${found.length - 1} more files do)` : '';
  const last = before.at(-1)!.segments.at(-1)!.last;
  return [
    `${run[0].path} begins at ${timeInWords(run[0].segments[0].first * unit)} and ${before[0].path} ends at ` +
      `${timeInWords(last * unit)}${others}: they are taken as runs of their own; ‘parts’ joins files of a folder to one run`,
  ];
}

const byFirst = ([a]: readonly TimedFile[], [b]: readonly TimedFile[]): number =>
  a.segments[0].first - b.segments[0].first;

/** Frames that count as others wrote them. */
export interface Replaced {
  path: string;
  /** The file that has them instead. */
  by: string;
  /** Time of the first of them, ps. */
  from: number;
  frames: number;
}

/** The line that tells of them. */
function replacedInWords({ path, by, from, frames }: Replaced): string {
  const count = `${counted(frames, 'frame')} from ${timeInWords(from)} on`;
  return by === path
    ? `${path}: a restart within it wrote ${count} again, which ${frames === 1 ? 'counts' : 'count'} once`
    : `${path}: ${count} ${frames === 1 ? 'is' : 'are'} replaced by those of ${by}, a later part of the run`;
}

/** Gathers the replaced frames of one file, so that each file that has them instead is told of once. */
export class ReplacedFrames {
  private readonly found = new Map<string, Replaced>();

  constructor(private readonly path: string) {}

  add(by: string, from: number, frames = 1): void {
    const before = this.found.get(by);
    if (before) {
      before.frames += frames;
      before.from = Math.min(before.from, from);
    } else this.found.set(by, { path: this.path, by, from, frames });
  }

  lines(): string[] {
    return [...this.found.values()].map(replacedInWords);
  }
}
