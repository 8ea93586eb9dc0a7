import type { RunProgress } from '../../programs/index.js';

/** One progress of several runs: steps add up, and the slowest decides the time left. */
export class JointProgress {
  private readonly latest: (RunProgress | undefined)[];
  private readonly start = performance.now();

  /** @param steps of each run */
  constructor(
    private readonly steps: readonly (number | undefined)[],
    private readonly onProgress: ((progress: RunProgress) => void) | undefined,
  ) {
    this.latest = steps.map(() => undefined);
  }

  /** Takes the progress of one run. */
  report(run: number, progress: RunProgress): void {
    this.latest[run] = progress;
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const left = this.latest.map((each) => each?.remaining);
    this.onProgress?.({
      step: sum(this.latest.map((each) => each?.step ?? 0)),
      steps: sum(this.steps.map((each) => each ?? 0)),
      elapsed: (performance.now() - this.start) / 1000,
      remaining: left.every((value) => value !== undefined) ? Math.max(...left) : undefined,
    });
  }
}
