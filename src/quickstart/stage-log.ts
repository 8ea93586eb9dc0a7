import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeSync } from '../support/index.js';

interface StageRecord {
  settings: unknown;
  /** Seconds of work per stage, over all starts. */
  seconds: Record<string, number>;
  finished: string[];
}

/** Remembers in `stages.json` what a quickstart's folder holds, so that the same command goes on where it stopped. */
export class StageLog {
  private readonly path: string;
  private record: StageRecord;
  /** Whether the folder held a quickstart with other settings, which is gone now. */
  readonly startedOver: boolean;

  /** @param parts files and folders that belong to a quickstart, and go when its settings change */
  constructor(folder: string, settings: unknown, parts: readonly string[]) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, 'stages.json');
    this.record = this.read() ?? { settings, seconds: {}, finished: [] };
    this.startedOver = JSON.stringify(this.record.settings) !== JSON.stringify(settings);
    if (this.startedOver) {
      for (const part of parts) rmSync(join(folder, part), { recursive: true, force: true });
      this.record = { settings, seconds: {}, finished: [] };
    }
    this.write();
  }

  /** Does a stage and adds its time; a stage that was finished before takes no more time. */
  async stage<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const before = this.record.seconds[name] ?? 0;
    const known = this.record.finished.includes(name);
    try {
      const result = await work();
      if (!known) this.record.finished.push(name);
      return result;
    } finally {
      if (!known) this.record.seconds[name] = before + (performance.now() - started) / 1000;
      this.write();
    }
  }

  /** Seconds of all stages. */
  get seconds(): number {
    return Object.values(this.record.seconds).reduce((sum, seconds) => sum + seconds, 0);
  }

  private read(): StageRecord | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as StageRecord;
    } catch {
      return undefined;
    }
  }

  private write(): void {
    writeWholeSync(this.path, JSON.stringify(this.record, undefined, 2) + '\n');
  }
}
