import type { CampaignPlan } from './plan.js';
import { driver, jobName } from './slurm-queue.js';
import type { Step } from './scheduler.js';
import type { Task } from './task.js';

export interface SlurmOptions {
  /** The plan's file. */
  file: string;
  folder: string;
  /** What runs `latentcv`. */
  program: readonly string[];
  slurm: CampaignPlan['slurm'];
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Places of the scripts, in the campaign's folder. */
export const driverScript = 'steps/next.sh';
export const arrayScript = (step: string): string => `steps/${step}.sh`;

function head({ slurm }: SlurmOptions, step: string, cores: number, output: string): string[] {
  return [
    '#!/bin/bash',
    `#SBATCH --job-name=${jobName(step)} --ntasks=1 --cpus-per-task=${cores}`,
    `#SBATCH --time=${slurm.time} --signal=B:USR1@${slurm.warning}`,
    `#SBATCH --requeue --open-mode=append --output=${output}`,
    ...slurm.options.map((option) => `#SBATCH ${option}`),
    ...slurm.setup,
  ];
}

/** A command that is told when the walltime comes; behind it `code` is its exit code, `warned` whether it was told. */
function toldOfTime(command: string): string[] {
  return [
    `${command} &`,
    'run=$!',
    `trap 'warned=1; kill -USR1 "$run"' USR1`,
    'trap : TERM # which Slurm itself sends to every process of a job',
    'while kill -0 "$run" 2> /dev/null; do wait "$run"; done',
    'wait "$run"',
    'code=$?',
  ];
}

const words = ({ program, file, folder }: SlurmOptions): string =>
  [...program, 'campaign', file, '--folder', folder].map(quoted).join(' ');

/** Each task of a step: it stops at a checkpoint before its time is over, and is given again by the job that goes on. */
export function arrayText(options: SlurmOptions, step: Step, tasks: readonly Task[]): string {
  const cores = Math.max(options.slurm.cores, step.cores);
  return [
    ...head(options, step.name, cores, `steps/${step.name}-%a.job.log`),
    `tasks=(${tasks.map(({ name }) => quoted(name)).join(' ')})`,
    ...toldOfTime(`${words(options)} --task "\${tasks[$SLURM_ARRAY_TASK_ID]}"`),
    'exit "$code"',
    '',
  ].join('\n');
}

/** The command of the campaign once more; where its own time is over in the middle, another job of its kind goes on. */
export function driverText(options: SlurmOptions): string {
  const { folder, slurm } = options;
  return [
    ...head(options, driver, slurm.cores, 'campaign.log'),
    ...toldOfTime(`${words(options)} --scheduler slurm`),
    'if [ "$code" = 130 ] && [ -n "$warned" ]; then',
    `  SLURM_RESTART_COUNT=0 sbatch --chdir=${quoted(folder)} ${driverScript}`,
    'fi',
    'exit "$code"',
    '',
  ].join('\n');
}
