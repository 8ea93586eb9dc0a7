import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { LatentcvError, fixed, packageVersion, writeWhole } from '../../support/index.js';
import { budgetUnit, type CampaignPlan } from './plan.js';
import { recordFile, type CampaignRecord, type TaskRecord } from './record.js';
import type { Scheduler, Step } from './scheduler.js';
import { TaskFiles, asTyped, type Task } from './task.js';

/** For what simulations of a step are. */
export type Purpose = 'explore' | 'pilots' | 'production';

export interface StepWish<Told> {
  name: string;
  title: string;
  tasks: readonly (Task & { told?: Told })[];
  /** Cores of each task, 1 by default. */
  cores?: number;
  /** What is simulated, and for what. */
  simulates?: { nanoseconds: number; purpose: Purpose };
}

/** Thrown where another step would go beyond the budget. */
export class BudgetSpent extends Error {}

/** What a campaign has done, kept in its folder as it goes. */
export class Journal {
  readonly record: CampaignRecord;
  private readonly files: TaskFiles;

  constructor(
    private readonly plan: CampaignPlan,
    private readonly where: {
      file: string;
      folder: string;
      scheduler: Scheduler;
      began: string;
      onStep: (step: Step, missing: number) => void;
      onNote: (line: string) => void;
    },
  ) {
    this.files = new TaskFiles(where.folder);
    this.record = {
      plan: where.file,
      latentcv: packageVersion(),
      temperature: plan.temperature,
      natural: plan.natural,
      began: where.began,
      steps: [],
      exploration: [],
      states: {
        ...{ model: null, column: null },
        questions: plan.states.map(({ basin, cores = null }) => ({ basin, cores })),
      },
      rounds: [],
      nanoseconds: { all: 0, explore: 0, pilots: 0, production: 0 },
      hours: 0,
      outcome: 'running',
      missing: [],
      failure: null,
      deltaFs: [],
      notes: [],
    };
  }

  /** A line that changes a number: told, and kept. */
  note(line: string): void {
    if (this.record.notes.includes(line)) return;
    this.record.notes.push(line);
    this.where.onNote(line);
  }

  /**
   * Does the tasks of a step that were not done before, and returns what all of them told, in their order.
   * @throws BudgetSpent where its simulations would be beyond the budget
   */
  async perform<Told>({ simulates, cores = 1, ...wish }: StepWish<Told>): Promise<Told[]> {
    const { nanoseconds = 0, purpose } = simulates ?? {};
    const step: Step = { ...wish, cores, nanoseconds };
    const missing = await this.missing(step.tasks);
    if (purpose) this.expectBudget(step, missing.length > 0);
    const record = {
      ...{ name: step.name, title: step.title, nanoseconds },
      tasks: step.tasks.map((task): TaskRecord =>
        taskRecord(task, missing.includes(task) ? 'running' : 'done'),
      ),
    };
    this.record.steps.push(record);
    if (missing.length > 0) {
      this.where.onStep(step, missing.length);
      await this.save();
      try {
        await this.where.scheduler.run(step, missing);
      } catch (error) {
        const ended = new Set(step.tasks);
        for (const task of await this.missing(step.tasks)) ended.delete(task);
        const failed = await Promise.all(step.tasks.map((task) => this.files.failure(task)));
        record.tasks = step.tasks.map((task, i) =>
          taskRecord(task, ended.has(task) ? 'done' : failed[i] ? 'failed' : 'waiting'),
        );
        await this.save();
        throw error;
      }
    }
    const results = await Promise.all(step.tasks.map((task) => this.files.result<Told>(task)));
    const seconds = results.map((result) => result?.seconds ?? 0);
    record.tasks = step.tasks.map((task, i) => ({ ...taskRecord(task, 'done'), seconds: seconds[i] }));
    if (purpose) {
      this.record.nanoseconds[purpose] += nanoseconds;
      this.record.nanoseconds.all += nanoseconds;
    }
    this.record.hours += elapsed(seconds, cores) / 3600;
    await this.save();
    return results.map((result) => result!.told);
  }

  /** One task. */
  async one<Told>(wish: Omit<StepWish<Told>, 'tasks'> & { task: Omit<Task, 'name'> }): Promise<Told> {
    const { task, ...step } = wish;
    const [told] = await this.perform<Told>({ ...step, tasks: [{ ...task, name: step.name }] });
    return told;
  }

  /** Keeps why it cannot go on. */
  async fail(error: unknown): Promise<void> {
    if (error instanceof LatentcvError && error.code === 'interrupted') return;
    this.record.failure = error instanceof Error ? error.message : String(error);
    await this.save();
  }

  async save(): Promise<void> {
    await writeWhole(join(this.where.folder, recordFile), `${JSON.stringify(this.record, undefined, 2)}\n`);
  }

  private async missing(tasks: readonly Task[]): Promise<Task[]> {
    const results = await Promise.all(tasks.map((task) => this.files.result(task)));
    return tasks.filter((_, i) => results[i] === undefined);
  }

  private expectBudget({ title, nanoseconds }: Step, missing: boolean): void {
    const { nanoseconds: most = Infinity, hours: longest = Infinity } = this.plan.budget;
    const { nanoseconds: spent, hours } = this.record;
    if (spent.all + nanoseconds > most * (1 + 1e-9))
      throw new BudgetSpent(
        `${title} would take ${fixed(nanoseconds, 2)} of the ${fixed(most - spent.all, 2)} ${budgetUnit(this.plan)} that are left of ${most}`,
      );
    if (missing && hours > longest)
      throw new BudgetSpent(`${fixed(hours, 1)} of ${longest} hours are over before ${title}`);
  }
}

/** Seconds of tasks that ran side by side. */
function elapsed(seconds: readonly number[], cores: number): number {
  const most = Math.max(1, Math.floor(availableParallelism() / cores));
  const sum = seconds.reduce((a, b) => a + b, 0);
  return Math.max(0, ...seconds, sum / most);
}

const taskRecord = (task: Task, state: TaskRecord['state']): TaskRecord => ({
  name: task.name,
  command: asTyped(task.words),
  state,
  seconds: null,
});
