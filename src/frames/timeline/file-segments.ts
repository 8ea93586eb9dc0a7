/** A segment of a file: frames between which time only grows, one run's or what a restart wrote. */
export interface FileSegment {
  /** Line, row or number of its first frame in the file. */
  at: number;
  /** Times of its first and last frame, in the file's unit. */
  first: number;
  last: number;
  frames: number;
}

/** Time between its frames, where they are evenly spaced; NaN of a single one. */
export function spacingOf({ first, last, frames }: FileSegment): number {
  return frames > 1 ? (last - first) / (frames - 1) : NaN;
}

/** Cuts the times of a file into segments. */
export class FileSegments {
  readonly segments: FileSegment[] = [];
  private last = Infinity;

  /** Whether a time belongs to the segment under way. */
  goesOn(time: number): boolean {
    return time > this.last;
  }

  add(time: number, at: number): void {
    if (!this.goesOn(time)) this.segments.push({ at, first: time, last: time, frames: 1 });
    else {
      const segment = this.segments.at(-1)!;
      segment.frames++;
      segment.last = time;
    }
    this.last = time;
  }

  /** What follows is another segment, whatever its times. */
  break(): void {
    this.last = Infinity;
  }
}
