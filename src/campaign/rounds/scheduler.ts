import { availableParallelism } from 'node:os';
import { inParallel } from '../runs/index.js';
import { LatentcvError } from '../../support/index.js';
import { TaskFiles, type Task, type TaskOptions } from './task.js';

/** Commands that run side by side. */
export interface Step {
  name: string;
  title: string;
  tasks: readonly Task[];
  /** That each task takes. */
  cores: number;
  /** Of all its tasks together: of simulation, 0 of others. */
  nanoseconds: number;
}

/** Where the commands of a campaign run. */
export interface Scheduler {
  /**
   * Runs those tasks of a step that have not ended before; all have ended when it returns.
   * @throws LatentcvError `tool-failed`, `interrupted`
   * @throws Waiting where they were given away and the campaign goes on later
   */
  run(step: Step, missing: readonly Task[]): Promise<void>;
}

/** Thrown where a campaign has nothing to do until jobs have ended. */
export class Waiting extends Error {}

interface LocalOptions extends Omit<TaskOptions, 'onProgress'> {
  folder: string;
  progress: (name: string, total: number) => { update(done: number): void; stop(): void };
}

/** This machine, as many tasks at a time as it has cores. */
export function localScheduler({ folder, progress, ...options }: LocalOptions): Scheduler {
  const files = new TaskFiles(folder);
  return {
    async run({ name, cores }, missing) {
      const most = Math.max(1, Math.floor(availableParallelism() / cores));
      const bar = progress(name, missing.length);
      const parts = missing.map(() => 0);
      const told = (i: number, part: number): void => {
        parts[i] = part;
        bar.update(parts.reduce((sum, each) => sum + each, 0));
      };
      const tasks = missing.map((task, i) => async (signal: AbortSignal) => {
        await files.run(task, { ...options, signal, onProgress: (part) => told(i, part) });
        told(i, 1);
      });
      try {
        await inParallel(tasks, most, options.signal);
      } catch (error) {
        if (options.signal?.aborted)
          throw new LatentcvError('interrupted', `${name}: stopped; the same command goes on with it`);
        throw error;
      } finally {
        bar.stop();
      }
    },
  };
}
