import { availableParallelism } from 'node:os';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError, isSystemError, writeWhole } from '../../support/index.js';
import { howFar } from './how-far.js';
import { Waiting, type Scheduler, type Step } from './scheduler.js';
import { driver, isDriver, jobsIn, jobsInWords, otherDriver, submitJob } from './slurm-queue.js';
import { arrayScript, arrayText, driverScript, driverText, type SlurmOptions } from './slurm-scripts.js';
import { TaskFiles, asTyped, type Task } from './task.js';

/** What was submitted last, in the campaign's folder. */
interface Submitted {
  step: string;
  tasks: Record<string, Starts>;
}

/** How often a task was given without getting further. */
interface Starts {
  at: string;
  times: number;
}

const jobsFile = 'jobs.json';

/** A task that stops so often at the same place would do so for ever. */
const mostStarts = 3;

/**
 * Slurm: trainings and simulations of a step are an array, and a job that waits for its end gives the command of the campaign again,
 * which does what is short itself. Nothing but Slurm runs in between.
 * @param local does what is short, in the job that goes on
 */
export function slurmScheduler(options: SlurmOptions & { local: Scheduler }): Scheduler {
  return {
    async run(step, missing) {
      const { folder, local, slurm } = options;
      await mkdir(join(folder, 'steps'), { recursive: true });
      const jobs = await jobsIn(folder);
      const inJob = isDriver(jobs);
      const others = jobs.filter((job) => job.step !== driver);
      if (others.length > 0) {
        const ids = [...new Set(others.map(({ id }) => id))];
        if (!otherDriver(jobs)) await submitDriver(options, ids);
        throw new Waiting(jobsInWords(await jobsIn(folder)) ?? `${step.name}: its jobs have just ended`);
      }
      if (inJob) await expectNoFailure(folder, missing);
      else await new TaskFiles(folder).forgetFailures(missing);
      await countStarts(options, step, missing, inJob);
      if (isShort(step)) {
        // as many at a time as the job has cores
        const cores = Math.ceil(availableParallelism() / slurm.cores);
        if (inJob) return await local.run({ ...step, cores }, missing);
        const next = otherDriver(jobs)?.id ?? (await submitDriver(options));
        throw new Waiting(`job ${next} of Slurm goes on with ${step.name}`);
      }
      throw new Waiting(await submitArray(options, step, missing));
    },
  };
}

/** Neither a training nor a simulation: a job of its own would wait longer than it takes. */
const isShort = ({ nanoseconds, tasks }: Step): boolean =>
  nanoseconds === 0 && tasks.every(({ words: [command] }) => command !== 'train');

async function submitArray(options: SlurmOptions, step: Step, missing: readonly Task[]): Promise<string> {
  const { folder } = options;
  const given = Object.fromEntries(missing.map((task) => [task.name, task]));
  await writeWhole(join(folder, 'steps', 'given.json'), `${JSON.stringify(given)}\n`);
  const script = arrayScript(step.name);
  await writeWhole(join(folder, script), arrayText(options, step, missing));
  const array = await submitJob(folder, [`--array=0-${missing.length - 1}`, join(folder, script)]);
  const next = await submitDriver(options, [array]);
  const tasks = missing.length === 1 ? 'one task is' : `${missing.length} tasks are`;
  return `${step.name}: ${tasks} job ${array} of Slurm; job ${next} goes on when they have ended`;
}

/** @param after arrays for whose end it waits */
async function submitDriver(options: SlurmOptions, after: readonly string[] = []): Promise<string> {
  const { folder } = options;
  await writeWhole(join(folder, driverScript), driverText(options));
  const condition = after.length > 0 ? [`--dependency=afterany:${after.join(':')}`] : [];
  return await submitJob(folder, [...condition, join(folder, driverScript)]);
}

/** A task that is given to jobs, by its name. */
export async function taskNamed(folder: string, name: string): Promise<Task> {
  const path = join(folder, 'steps', 'given.json');
  const given = ((await jsonOf(path)) ?? {}) as Record<string, Task>;
  if (Object.hasOwn(given, name)) return given[name];
  throw new LatentcvError(
    'bad-argument',
    `expected a task of ${path} but received ${name}`,
    'it is for the jobs of a campaign under Slurm',
  );
}

/**
 * What jobs of the campaign in a folder wait or run, in a line; undefined where it has none.
 * @throws LatentcvError `missing-tool`, `tool-failed`
 */
export async function jobsUnderWay(folder: string): Promise<{ words: string; goesOn: boolean } | undefined> {
  const jobs = await jobsIn(folder);
  if (isDriver(jobs)) return undefined;
  const words = jobsInWords(jobs);
  return words === undefined ? undefined : { words, goesOn: otherDriver(jobs) !== undefined };
}

/** What to tell of the jobs of a campaign; undefined where none was ever submitted. */
export async function jobsTold(folder: string): Promise<string | undefined> {
  if ((await jsonOf(join(folder, jobsFile))) === undefined) return undefined;
  try {
    const under = await jobsUnderWay(folder);
    return under?.words ?? 'none of its jobs waits or runs: the same command goes on';
  } catch (error) {
    if (error instanceof LatentcvError) return `its jobs are not known: ${error.message}`;
    throw error;
  }
}

/**
 * Without Slurm a campaign would do what its jobs do.
 * @throws LatentcvError `file-access`
 */
export async function expectNoJobs(folder: string): Promise<void> {
  if ((await jsonOf(join(folder, jobsFile))) === undefined) return;
  const under = await jobsUnderWay(folder).catch((error: unknown) => {
    // on a machine without Slurm
    if (error instanceof LatentcvError && error.code === 'missing-tool') return undefined;
    throw error;
  });
  if (under)
    throw new LatentcvError(
      'file-access',
      `${folder} is worked on by Slurm: ${under.words}`,
      'latentcv campaign with --scheduler slurm, or scancel its jobs first',
    );
}

/**
 * A task that failed is not given again by a job: by hand, once what was wrong is mended.
 * @throws LatentcvError `tool-failed`
 */
async function expectNoFailure(folder: string, tasks: readonly Task[]): Promise<void> {
  const files = new TaskFiles(folder);
  for (const task of tasks) {
    const failed = await files.failure(task);
    if (!failed) continue;
    const { message, hint } = failed.error;
    throw new LatentcvError(
      'tool-failed',
      `${task.name}: ${message}`,
      `${hint === null ? '' : `${hint}; `}the command was ${asTyped(task.words)}; give the campaign again once it is mended`,
    );
  }
}

/**
 * Counts how often each task is given without getting further; by hand it is counted anew.
 * @throws LatentcvError `tool-failed` where that is often enough
 */
async function countStarts(
  { folder, slurm }: SlurmOptions,
  step: Step,
  missing: readonly Task[],
  inJob: boolean,
): Promise<void> {
  const path = join(folder, jobsFile);
  const before = inJob ? ((await jsonOf(path)) as Submitted | undefined)?.tasks : undefined;
  const tasks: Submitted['tasks'] = {};
  for (const task of missing) {
    const at = await howFar(folder, task);
    const last = before?.[task.name];
    const times = last?.at === at ? last.times + 1 : 1;
    if (times > mostStarts)
      throw new LatentcvError(
        'tool-failed',
        `${task.name}: ${mostStarts} jobs of ${slurm.time} have ended before it got further`,
        `more time under slurm in the campaign's file, or less to do for each task; steps/${task.name}.log and steps/${step.name}-*.job.log say what it did; the same command tries again`,
      );
    tasks[task.name] = { at, times };
  }
  await writeWhole(path, `${JSON.stringify({ step: step.name, tasks } satisfies Submitted)}\n`);
}

async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}
