import { toldBySpacing } from './tolerances.js';

/** Times by frame; a Float64Array is one. */
export interface Times {
  readonly length: number;
  at(frame: number): number | undefined;
}

/**
 * Times of long runs, in ps: of evenly spaced stretches only the first time and the spacing are kept. Where a time is
 * off the spacing of its stretch, a new stretch begins.
 */
export class FrameTimes implements Times {
  length = 0;
  private readonly starts: number[] = [];
  private readonly firsts: number[] = [];
  private readonly spacings: number[] = [];

  push(time: number): void {
    const last = this.starts.length - 1;
    const frame = this.length++;
    if (last >= 0) {
      const steps = frame - this.starts[last];
      if (steps === 1) this.spacings[last] = time - this.firsts[last];
      const expected = this.firsts[last] + steps * this.spacings[last];
      // the spacing is known the better the longer the stretch is
      if (Math.abs(time - expected) <= toldBySpacing * Math.abs(this.spacings[last])) {
        this.spacings[last] = (time - this.firsts[last]) / steps;
        return;
      }
    }
    this.starts.push(frame);
    this.firsts.push(time);
    this.spacings.push(0);
  }

  at(frame: number): number | undefined {
    if (!(frame >= 0 && frame < this.length)) return undefined;
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= frame) low = middle;
      else high = middle - 1;
    }
    return this.firsts[low] + (frame - this.starts[low]) * this.spacings[low];
  }
}
