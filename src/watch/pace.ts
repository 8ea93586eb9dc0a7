/**
 * When the next look may be taken, so that looking takes no more of a core than a small part. The first one, which reads all
 * that is there and finds the program cold, counts for nothing.
 */
export class Pace {
  private readyAt = -Infinity;
  private begun = false;

  /**
   * @param least ms from one look to the next
   * @param part of a core's time that looks may take
   */
  constructor(
    private readonly least: number,
    private readonly part = 0.05,
    private readonly now: () => number = () => performance.now(),
    private readonly cpu: () => number = cpuTime,
  ) {}

  /** Does the work and notes what it cost. */
  async measured<T>(work: () => Promise<T>): Promise<T> {
    const before = this.cpu();
    try {
      return await work();
    } finally {
      const rest = this.begun ? (this.cpu() - before) / this.part : 0;
      this.begun = true;
      this.readyAt = this.now() + Math.max(this.least, rest);
    }
  }

  /** ms until the next look; 0 where it may be taken. */
  get wait(): number {
    return Math.max(0, this.readyAt - this.now());
  }
}

/** ms that this process has computed. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
