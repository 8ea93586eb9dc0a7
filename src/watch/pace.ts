/** When the next look may be taken, so that looking takes no more of a core than a small part. */
export class Pace {
  private readyAt = -Infinity;

  /**
   * @param least ms from one look to the next
   * @param part of a core's time that looks may take
   */
  constructor(
    private readonly least: number,
    private readonly part = 0.02,
    private readonly now: () => number = () => performance.now(),
    private readonly cpu: () => number = cpuTime,
  ) {}

  /** Does the work and notes what it cost. */
  async measured<T>(work: () => Promise<T>): Promise<T> {
    const before = this.cpu();
    try {
      return await work();
    } finally {
      this.readyAt = this.now() + Math.max(this.least, (this.cpu() - before) / this.part);
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
