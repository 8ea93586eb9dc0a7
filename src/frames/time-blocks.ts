/** A stretch of rows in which time only grows: one run, or what a restart wrote. */
export interface TimeBlock {
  /** Line, or row, of its first frame. */
  at: number;
  /** Time of its first and second frame (NaN where there is one only), in the file's unit. */
  first: number;
  second: number;
  frames: number;
  /** Time of its last frame. */
  last: number;
}

/** Cuts the times of a file into stretches. */
export class TimeBlocks {
  readonly blocks: TimeBlock[] = [];
  private last = Infinity;

  /** Whether a time belongs to the stretch under way. */
  goesOn(time: number): boolean {
    return time > this.last;
  }

  add(time: number, at: number): void {
    if (!this.goesOn(time)) this.blocks.push({ at, first: time, second: NaN, frames: 1, last: time });
    else {
      const block = this.blocks.at(-1)!;
      if (block.frames++ === 1) block.second = time;
      block.last = time;
    }
    this.last = time;
  }

  /** What follows is another stretch, whatever its times. */
  break(): void {
    this.last = Infinity;
  }
}
