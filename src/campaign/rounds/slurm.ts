import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentcvError, commandAnswer, isSystemError, writeWhole } from '../../support/index.js';
import type { CampaignPlan } from './plan.js';
import { Waiting, type Scheduler, type Step } from './scheduler.js';
import { TaskFiles, asTyped, type Task } from './task.js';

interface SlurmOptions {
  /** The plan's file, from the folder. */
  file: string;
  folder: string;
  /** What runs `latentcv`. */
  program: readonly string[];
  slurm: CampaignPlan['slurm'];
}

/** Jobs that a campaign waits for. */
interface Jobs {
  step: string;
  /** The array, and the job that goes on when it has ended. */
  array: string;
  next: string;
  tasks: string[];
  /** How many times the array was given again. */
  tries: number;
}

const jobsFile = 'jobs.json';

/**
 * Slurm: the tasks of a step are an array, and a job that waits for its end gives the command of the campaign again. Nothing but Slurm
 * runs in between.
 */
export function slurmScheduler(options: SlurmOptions): Scheduler {
  return { run: (step, missing) => submitted(options, step, missing) };
}

/** A task that is given to jobs, by its name. */
export async function taskNamed(folder: string, name: string): Promise<Task> {
  const path = join(folder, 'steps', 'given.json');
  const given = JSON.parse(await readFile(path, 'utf8')) as Record<string, Task>;
  if (name in given) return given[name];
  throw new LatentcvError('bad-argument', `expected a task of ${path} but received ${name}`);
}

async function submitted(options: SlurmOptions, step: Step, missing: readonly Task[]): Promise<never> {
  const { folder } = options;
  const before = await readJobs(folder);
  const alive = before === undefined ? [] : await livingJobs([before.array, before.next]);
  if (before && alive.includes(before.array)) throw new Waiting(waitingWords(before, alive));
  await expectNoFailure(folder, missing);
  const again = before?.step === step.name;
  await writeWhole(
    join(folder, 'steps', 'given.json'),
    `${JSON.stringify(Object.fromEntries(missing.map((task) => [task.name, task])))}\n`,
  );
  const arrayScript = join(folder, 'steps', `${step.name}.sh`);
  await writeWhole(arrayScript, arrayText(options, step, missing));
  const nextScript = join(folder, 'steps', 'next.sh');
  await writeWhole(nextScript, nextText(options));
  const array = await sbatch(folder, [`--array=0-${missing.length - 1}`, arrayScript]);
  // the one before, of a campaign that was given by hand meanwhile, would give it twice
  const own = process.env.SLURM_JOB_ID;
  if (before && alive.includes(before.next) && before.next !== own) await asked('scancel', [before.next]);
  const next = await sbatch(folder, [`--dependency=afterany:${array}`, nextScript]);
  const tries = again ? before.tries + 1 : 1;
  const jobs: Jobs = { step: step.name, array, next, tasks: missing.map(({ name }) => name), tries };
  await writeWhole(join(folder, jobsFile), `${JSON.stringify(jobs)}\n`);
  throw new Waiting(waitingWords(jobs, [array, next]));
}

function waitingWords({ step, array, next, tasks }: Jobs, alive: readonly string[]): string {
  const then = alive.includes(next) ? `; job ${next} goes on when they have ended` : '';
  return `${step}: ${tasks.length === 1 ? 'one task is' : `${tasks.length} tasks are`} job ${array} of Slurm${then}`;
}

/** A task that failed is not given again by itself: by hand, once what was wrong is mended. */
async function expectNoFailure(folder: string, tasks: readonly Task[]): Promise<void> {
  if (process.env.SLURM_JOB_ID === undefined) return;
  const files = new TaskFiles(folder);
  for (const task of tasks) {
    const failed = await files.failure(task);
    if (!failed) continue;
    const { message } = failed.error;
    throw new LatentcvError(
      'tool-failed',
      `${task.name}: ${message}`,
      `the command was ${asTyped(task.words)}; give the campaign again once it is mended`,
    );
  }
}

async function readJobs(folder: string): Promise<Jobs | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, jobsFile), 'utf8')) as Jobs;
  } catch (error) {
    if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function head({ folder, slurm }: SlurmOptions, name: string): string[] {
  return [
    '#!/bin/bash',
    `#SBATCH --job-name=${name} --ntasks=1 --cpus-per-task=${slurm.cores}`,
    `#SBATCH --time=${slurm.time} --requeue --open-mode=append`,
    `#SBATCH --chdir=${folder}`,
    ...slurm.options.map((option) => `#SBATCH ${option}`),
  ];
}

/** Each task of the array stops at a checkpoint before its time is over, and is given again by the next job. */
function arrayText(options: SlurmOptions, step: Step, tasks: readonly Task[]): string {
  const { file, folder, program, slurm } = options;
  const command = [...program, 'campaign', file, '--folder', folder, '--task'].map(quoted).join(' ');
  return [
    ...head(options, step.name),
    `#SBATCH --signal=B:USR1@${slurm.warning} --output=steps/${step.name}-%a.job.log`,
    ...slurm.setup,
    `tasks=(${tasks.map(({ name }) => quoted(name)).join(' ')})`,
    `${command} "\${tasks[$SLURM_ARRAY_TASK_ID]}" &`,
    'run=$!',
    `trap 'kill -USR1 "$run"' USR1`,
    'trap : TERM # which Slurm itself sends to every process of a job',
    'while kill -0 "$run" 2> /dev/null; do wait "$run"; done',
    'wait "$run"',
    '',
  ].join('\n');
}

function nextText(options: SlurmOptions): string {
  const { file, folder, program, slurm } = options;
  const words = [...program, 'campaign', file, '--folder', folder, '--scheduler', 'slurm'];
  return [
    ...head(options, 'campaign'),
    '#SBATCH --output=campaign.log',
    ...slurm.setup,
    `exec ${words.map(quoted).join(' ')}`,
    '',
  ].join('\n');
}

async function sbatch(folder: string, words: readonly string[]): Promise<string> {
  const text = await asked('sbatch', ['--parsable', `--chdir=${folder}`, ...words]);
  return text.trim().split(';')[0];
}

/** Those of the jobs that wait or run. */
async function livingJobs(jobs: readonly string[]): Promise<string[]> {
  const text = await asked('squeue', ['--me', '--noheader', '--format=%A %F']);
  const there = new Set(text.split(/\s+/));
  return jobs.filter((job) => there.has(job));
}

async function asked(command: string, args: readonly string[]): Promise<string> {
  const answer = await commandAnswer(command, args);
  if (answer === undefined)
    throw new LatentcvError(
      'missing-tool',
      `expected ${command} of Slurm on PATH but found none`,
      'module load slurm',
    );
  if (answer.end === 0) return answer.stdout;
  throw new LatentcvError('tool-failed', `${command} ${args.join(' ')}: ${answer.stderr.trim()}`);
}
