import { setTimeout as pause } from 'node:timers/promises';
import { LatentcvError, commandAnswer, ownBatchJob, type Answer } from '../../support/index.js';

/** What jobs of campaigns are called, before the step that they do. */
const prefix = 'latentcv.';

/** The job that goes on with a campaign when the tasks of a step have ended. */
export const driver = 'campaign';

export const jobName = (step: string): string => `${prefix}${step}`;

/** A task of a campaign that waits or runs. */
export interface QueuedJob {
  /** Of its array. */
  id: string;
  step: string;
  runs: boolean;
}

/** Jobs whose processes have ended. */
const over = [
  'COMPLETING',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
  'TIMEOUT',
  'NODE_FAIL',
  'PREEMPTED',
  'BOOT_FAIL',
];

/**
 * The jobs of the campaign in a folder: they work in it, so that none is overlooked, whoever submitted it and was killed behind it.
 * @throws LatentcvError `missing-tool`, `tool-failed`
 */
export async function jobsIn(folder: string): Promise<QueuedJob[]> {
  const text = await asked('squeue', ['--me', '--noheader', '--array', '--format=%F %T %j %Z']);
  return text.split('\n').flatMap((line): QueuedJob[] => {
    const [, id, state, name, place] = /^(\d+) (\S+) (\S+) (.*)$/.exec(line) ?? [];
    if (place !== folder || !name.startsWith(prefix) || over.includes(state)) return [];
    return [{ id, step: name.slice(prefix.length), runs: state !== 'PENDING' }];
  });
}

/** Whether this process is one of these jobs: the one that goes on with the campaign. */
export const isDriver = (jobs: readonly QueuedJob[]): boolean =>
  jobs.some(({ id, step }) => step === driver && id === ownBatchJob()?.id);

/** Its job that goes on, other than this process. */
export const otherDriver = (jobs: readonly QueuedJob[]): QueuedJob | undefined =>
  jobs.find(({ id, step }) => step === driver && id !== ownBatchJob()?.id);

/**
 * @returns the number of the job
 * @throws LatentcvError `missing-tool`, `tool-failed`
 */
export async function submitJob(folder: string, words: readonly string[]): Promise<string> {
  // what sbatch runs in has its variables: it would be taken for a job that was started again
  const env = { SLURM_RESTART_COUNT: '0' };
  const text = await asked('sbatch', ['--parsable', `--chdir=${folder}`, ...words], env);
  return text.trim().split(';')[0];
}

/** A job asks so many times again, every half minute: whoever goes on by hand would come much later. */
const [patience, betweenQuestions] = [20, 30_000];

/** Whether a command did not reach Slurm, so that it did nothing. */
const isAway = (answer: Answer | undefined): boolean =>
  answer !== undefined && answer.end !== 0 && answer.stderr.includes('slurm controller (connect failure)');

async function asked(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  let answer = await commandAnswer(command, args, env);
  for (let left = patience; isAway(answer) && ownBatchJob() !== undefined && left > 0; left--) {
    await pause(betweenQuestions);
    answer = await commandAnswer(command, args, env);
  }
  if (answer === undefined)
    throw new LatentcvError(
      'missing-tool',
      `expected ${command} of Slurm on PATH but found none`,
      'module load slurm',
    );
  if (answer.end === 0) return answer.stdout;
  throw new LatentcvError('tool-failed', `${command} ${args.join(' ')}: ${answer.stderr.trim()}`);
}

/** What jobs do, in a line; nothing where there are none. */
export function jobsInWords(jobs: readonly QueuedJob[]): string | undefined {
  const next = otherDriver(jobs);
  const tasks = jobs.filter(({ step }) => step !== driver);
  if (tasks.length === 0)
    return next && `job ${next.id} of Slurm ${next.runs ? 'goes on with it now' : 'waits to go on with it'}`;
  const running = tasks.filter(({ runs }) => runs).length;
  const ids = [...new Set(tasks.map(({ id }) => id))];
  const steps = [...new Set(tasks.map(({ step }) => step))].join(', ');
  const then = next ? `; job ${next.id} goes on when they have ended` : '';
  return `${steps}: ${ids.length === 1 ? 'job' : 'jobs'} ${ids.join(', ')} of Slurm, ${running} of ${tasks.length} tasks running, ${tasks.length - running} waiting${then}`;
}
