import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  LatentcvError,
  isSystemError,
  markOf,
  runToEnd,
  writeWhole,
  type ErrorCode,
  type ProcessMark,
} from '../../support/index.js';
import { endLeftRunning } from '../runs/index.js';

/** A command of a campaign, run in its folder. */
export interface Task {
  /** Its own in the campaign: by it its result is found again. */
  name: string;
  /** Words behind `latentcv`. */
  words: readonly string[];
  /** Its failure for what is in the frames is a result too: `Failed`. */
  mayFail?: boolean;
}

/** What a command printed with `--json`. */
export interface TaskResult<Told = unknown> {
  told: Told;
  seconds: number;
}

/** What a command that may fail told in place of a result. */
export interface Failed {
  error: { code: ErrorCode | 'fault'; message: string; hint: string | null };
}

export const hasFailed = (told: unknown): told is Failed =>
  typeof told === 'object' && told !== null && 'error' in told;

interface Stored extends TaskResult {
  words: readonly string[];
}

/** The process of a task's last start, and what it was. */
interface Started extends ProcessMark {
  words: readonly string[];
}

export interface TaskOptions {
  /** What runs `latentcv`: Node and the program. */
  program: readonly string[];
  signal?: AbortSignal;
  onNote: (line: string) => void;
  /** Told of the part that is done, 0 to 1. */
  onProgress?: (part: number) => void;
}

/** Into files, so that a command which outlives this process can end in good order. */
const script = 'exec "$@" > "$OUT" 2>> "$LOG"';

/** ms that a command has to stop: it gives its engine a minute for a checkpoint. */
const patience = 120_000;

/** How often the log of a command is looked at for how far it is, ms. */
const betweenLooks = 2000;

/** What in a command's JSON are its frames' fault, not that of the campaign's file or of the machine. */
const ofFrames: readonly string[] = ['bad-data', 'bad-argument', 'other-kind'];

/** Whether any command of the campaign in a folder has ended with a result. */
export async function hasResults(folder: string): Promise<boolean> {
  const names = await readdir(join(folder, 'steps')).catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw error;
  });
  return names.some((name) => name.endsWith('.json') && !/\.failed\.json$|^given\.json$/.test(name));
}

/** The commands of a campaign and what they told, in `steps` of its folder. */
export class TaskFiles {
  constructor(private readonly folder: string) {}

  private path(task: Pick<Task, 'name'>, ending: string): string {
    return join(this.folder, 'steps', `${task.name}.${ending}`);
  }

  /**
   * What a task told, undefined where it has not ended.
   * @throws LatentcvError `bad-argument` where it was another command under this name
   */
  async result<Told>(task: Task): Promise<TaskResult<Told> | undefined> {
    const stored = (await this.json(this.path(task, 'json'))) as Stored | undefined;
    if (stored === undefined) return undefined;
    if (JSON.stringify(stored.words) !== JSON.stringify(task.words))
      throw new LatentcvError(
        'bad-argument',
        `expected the command that ${task.name} was, ${asTyped(stored.words)}, but the campaign's file now asks for ${asTyped(task.words)}`,
        `budget, stop and slurm may change in a campaign that has begun; for the rest take another folder, or remove ${this.path(task, 'json')} and what came after it`,
      );
    return stored as TaskResult<Told>;
  }

  /** Whether its last start ended with an error. */
  async failure(task: Pick<Task, 'name'>): Promise<Failed | undefined> {
    const told = await this.json(this.path(task, 'failed.json'));
    return hasFailed(told) ? told : undefined;
  }

  /** As if tasks had never failed. */
  async forgetFailures(tasks: readonly Pick<Task, 'name'>[]): Promise<void> {
    for (const task of tasks) await rm(this.path(task, 'failed.json'), { force: true });
  }

  /**
   * Runs a command and keeps what it tells. One that a killed campaign left is stopped first.
   * @throws LatentcvError `tool-failed` with the command's own words, `interrupted`
   */
  async run(task: Task, { program, signal, onNote, onProgress }: TaskOptions): Promise<void> {
    await mkdir(join(this.folder, 'steps'), { recursive: true });
    const [out, log, marked] = ['out', 'log', 'process'].map((ending) => this.path(task, ending));
    const before = (await this.json(marked)) as Started | undefined;
    await endLeftRunning(before, task.name, { onNote });
    const isOnceMore = JSON.stringify(before?.words) === JSON.stringify(task.words);
    // runs and pilots go on by themselves
    const goesOn = isOnceMore && task.words[0] === 'train' ? ['--resume'] : [];
    await rm(this.path(task, 'failed.json'), { force: true });
    const output = task.words[task.words.indexOf('--output') + 1];
    if (task.words.includes('--output')) await mkdir(dirname(join(this.folder, output)), { recursive: true });
    const began = performance.now();
    const looks = setInterval(() => {
      void readFile(log, 'utf8').then(
        (text) => onProgress?.(partIn(text)),
        () => undefined,
      );
    }, betweenLooks);
    let mark = Promise.resolve();
    const end = await runToEnd({
      command: 'sh',
      args: ['-c', script, 'sh', ...program, ...task.words, ...goesOn, '--json', '--notes'],
      cwd: this.folder,
      env: { OUT: out, LOG: log },
      signal,
      patience,
      onStart: (pid) => {
        const started: Started = { ...markOf(pid), words: task.words };
        mark = writeWhole(marked, JSON.stringify(started));
      },
    }).finally(() => clearInterval(looks));
    await mark;
    const told = await this.json(out);
    const problem = told === undefined ? silent(end) : hasFailed(told) ? told : undefined;
    if (problem && (!task.mayFail || !ofFrames.includes(problem.error.code)))
      await this.fail(task, problem, signal?.aborted === true);
    const stored: Stored = { words: task.words, seconds: (performance.now() - began) / 1000, told };
    await writeWhole(this.path(task, 'json'), `${JSON.stringify(stored)}\n`);
    for (const left of [out, marked]) await rm(left, { force: true });
  }

  private async fail(task: Task, problem: Failed, stopped: boolean): Promise<never> {
    const { code, message, hint } = problem.error;
    if (code === 'interrupted' || stopped)
      throw new LatentcvError('interrupted', `${task.name}: stopped; the same command goes on with it`);
    await writeWhole(this.path(task, 'failed.json'), `${JSON.stringify(problem)}\n`);
    throw new LatentcvError(
      'tool-failed',
      `${task.name}: ${message}`,
      `${hint === null ? '' : `${hint}; `}the command was ${asTyped(task.words)}, what it said is in ${this.path(task, 'log')}`,
    );
  }

  private async json(path: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as unknown;
    } catch (error) {
      // half written by one that was killed
      if (error instanceof SyntaxError || (isSystemError(error) && error.code === 'ENOENT')) return undefined;
      throw error;
    }
  }
}

function silent(end: number | NodeJS.Signals): Failed {
  const code = end === 130 || typeof end === 'string' ? 'interrupted' : 'tool-failed';
  const how = typeof end === 'string' ? `by ${end}` : `with exit code ${end}`;
  return { error: { code, message: `the command ended ${how} and told nothing`, hint: null } };
}

/** How far a command is, by the last line of its log that tells a percentage. */
function partIn(log: string): number {
  const [, percent] = [...log.slice(-2000).matchAll(/^[^\n]*?: (\d+)%/gm)].at(-1) ?? [];
  return percent === undefined ? 0 : Number(percent) / 100;
}

/** Words as a shell takes them. */
export function asTyped(words: readonly string[]): string {
  const quoted = words.map((word) =>
    /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return ['latentcv', ...quoted].join(' ');
}
