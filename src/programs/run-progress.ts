/** How far a run is. */
export interface RunProgress {
  /** MD steps done, of how many; for a resumed run those before count too. */
  step: number;
  steps: number;
  /** Seconds since this start, and likely seconds to the end (undefined before the first steps). */
  elapsed: number;
  remaining: number | undefined;
}

/** Estimates the time left from the speed since the start. */
export class ProgressMeter {
  /** @param start when the run began, ms of `performance.now` */
  constructor(
    private readonly steps: number,
    private readonly firstStep: number,
    private readonly onProgress: ((progress: RunProgress) => void) | undefined,
    private readonly start = performance.now(),
  ) {}

  report(step: number): void {
    const elapsed = (performance.now() - this.start) / 1000;
    const done = step - this.firstStep;
    const remaining = done > 0 ? (elapsed * (this.steps - step)) / done : undefined;
    this.onProgress?.({ step: Math.min(step, this.steps), steps: this.steps, elapsed, remaining });
  }
}
