import { commandAnswer } from './processes.js';

/** One start of a job of Slurm. A job that Slurm starts again, after its node died or it was requeued, keeps its number. */
export interface BatchJob {
  id: string;
  /** How often it was started before. */
  restarts: number;
}

/** The job that this process belongs to, by Slurm's variables; undefined outside of one. */
export function ownBatchJob(env: NodeJS.ProcessEnv = process.env): BatchJob | undefined {
  const { SLURM_JOB_ID: id, SLURM_RESTART_COUNT: restarts } = env;
  return id === undefined || id === '' ? undefined : { id, restarts: Number(restarts) || 0 };
}

/** Whether it is an earlier start of this process's own job: Slurm starts none again before it has ended, or its node is dead. */
export function isEarlierStart({ id, restarts }: BatchJob): boolean {
  const own = ownBatchJob();
  return own !== undefined && own.id === id && restarts < own.restarts;
}

/** States in which nothing of a job runs. */
const notRunning = ['PENDING', 'REQUEUED', 'REQUEUE_HOLD', 'REQUEUE_FED', 'SPECIAL_EXIT'];

/** Whether nothing of a job runs any more, as Slurm says; undefined where it cannot be asked. */
export async function batchJobIsOver({ id }: BatchJob): Promise<boolean | undefined> {
  const answer = await commandAnswer('squeue', ['--noheader', `--jobs=${id}`, '-o', '%T']);
  // a job that ended some minutes ago is not known any more
  if (answer?.end !== 0) return answer?.stderr.includes('Invalid job id') ? true : undefined;
  const states = answer.stdout.split('\n').filter((line) => line !== '');
  return states.every((state) => notRunning.includes(state));
}
