import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LatentcvError, Lock, durationText, packageRoot } from '../support/index.js';
import { NotAvailable } from './failures.js';
import { folderInCache } from './room.js';
import { runLogged } from './run-logged.js';
import { hasStamp, hashOf, removeStamp, writeStamp } from './stamps.js';
import type { Run, Step } from './step.js';
import { expectTool } from './tools.js';

/** Steps by their keys, each behind those that it waits for. */
export type Steps = ReadonlyMap<string, Step>;

export interface SetUpOptions {
  /** Told what is being done. */
  say: (line: string) => void;
  signal?: AbortSignal;
  /** Goes on with what does not need a step that failed; the first error comes when all is done. */
  keepGoing?: boolean;
}

export interface SetUpResult {
  /** Names of the steps that were made now. */
  made: string[];
  /** Names of the optional steps that this machine cannot have. */
  missing: string[];
  seconds: number;
}

/** ms between two lines about what takes long. */
const betweenLines = 15_000;

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** Hash of what a step is made from; empty where its result alone tells. */
function inputsOf({ sources, also }: Step): string {
  return sources === undefined ? '' : hashOf(sources, ...(also?.() ?? []).map(String));
}

/** Whether what a step makes is there, made from what it would be made from now. */
export function isMade(key: string, step: Step): boolean {
  if (!(step.isDone ? step.isDone() : existsSync(step.result))) return false;
  const inputs = inputsOf(step);
  return inputs === '' || hasStamp(key, inputs);
}

/**
 * Makes what is not there, independent steps beside each other. What they need of the machine is looked for before the first
 * begins. Two set-ups at once wait for each other, step by step; one that was ended anyhow goes on where it stopped.
 * @throws LatentcvError of the first step that failed, its name before the message: `missing-tool`, `tool-failed`;
 * `file-access` where the cache folder cannot be written; `interrupted`
 */
export async function setUp(steps: Steps, options: SetUpOptions): Promise<SetUpResult> {
  return new SetUp(steps, options).run();
}

class SetUp {
  private readonly running = new Map<string, number>();
  private readonly failures: unknown[] = [];
  private readonly made: string[] = [];
  private readonly missing: string[] = [];
  private readonly onMachine = new Map<string, Promise<string | undefined> | undefined>();
  /** Where one failed, the others are stopped. */
  private readonly others = new AbortController();
  private readonly signal: AbortSignal;

  constructor(
    private readonly steps: Steps,
    private readonly options: SetUpOptions,
  ) {
    const { signal } = options;
    this.signal = signal ? AbortSignal.any([signal, this.others.signal]) : this.others.signal;
  }

  async run(): Promise<SetUpResult> {
    const began = performance.now();
    await this.expectTools();
    const ticker = setInterval(() => this.tellRunning(), betweenLines);
    try {
      const done = new Map<string, Promise<boolean>>();
      for (const [key, step] of this.steps) {
        const before = (step.after ?? []).flatMap((other) => done.get(other) ?? []);
        done.set(key, this.behind(before, key, step));
      }
      await Promise.all(done.values());
    } finally {
      clearInterval(ticker);
    }
    if (this.options.signal?.aborted)
      throw new LatentcvError('interrupted', 'set-up was stopped on request; finished parts are kept');
    if (this.failures.length > 0) throw this.failures[0];
    return { made: this.made, missing: this.missing, seconds: secondsSince(began) };
  }

  /** Before anything is fetched: what would stop a step for want of a command. */
  private async expectTools(): Promise<void> {
    for (const [key, step] of this.steps) {
      if ((await this.whyNothing(key, step)) !== undefined) continue;
      for (const tool of step.needs ?? []) await expectTool(tool, step.purpose ?? step.name);
    }
  }

  /** Why there is nothing to do: what the machine has, in words, or `done`. */
  private async whyNothing(key: string, step: Step): Promise<string | undefined> {
    if (!this.onMachine.has(key)) this.onMachine.set(key, step.onMachine?.());
    return (await this.onMachine.get(key)) ?? (isMade(key, step) ? 'done' : undefined);
  }

  /** Whether a step is done, after those that it waits for. */
  private async behind(before: readonly Promise<boolean>[], key: string, step: Step): Promise<boolean> {
    if ((await Promise.all(before)).includes(false) || this.signal.aborted) return false;
    try {
      await this.doStep(key, step);
      return true;
    } catch (error) {
      if (!this.signal.aborted) this.failures.push(ofStep(step, error));
      if (!this.options.keepGoing) this.others.abort();
      return false;
    }
  }

  private async doStep(key: string, step: Step): Promise<void> {
    const nothing = await this.whyNothing(key, step);
    const { say } = this.options;
    if (nothing !== undefined) return nothing === 'done' ? undefined : say(`${step.name}: ${nothing}`);
    const lock = await this.lock(key, step);
    const began = performance.now();
    this.running.set(step.name, began);
    try {
      if (isMade(key, step)) return; // by the one who held the lock
      say(`${step.name} …`);
      await this.make(key, step);
      this.made.push(step.name);
      say(`${step.name} done, ${secondsSince(began).toFixed(1)} s`);
    } catch (error) {
      if (!(error instanceof NotAvailable) || step.optional === undefined) throw error;
      say(`${step.name}: not available here (${error.message}); ${step.optional}`);
      this.missing.push(step.name);
    } finally {
      this.running.delete(step.name);
      await lock.release();
    }
  }

  private async lock(key: string, step: Step): Promise<Lock> {
    const { signal } = this;
    const onWait = (words: string): void => this.options.say(`${words}: waiting for it`);
    const file = join(await folderInCache('locks'), key);
    return Lock.await(file, `${step.name} is being set up`, { signal, onWait });
  }

  /** Its stamp is written when all of it is there. */
  private async make(key: string, step: Step): Promise<void> {
    removeStamp(key);
    const inputs = inputsOf(step);
    const { signal } = this;
    const run: Run = (command, args, env) => runLogged(key, command, args, { env, signal });
    await (step.make ? step.make(run) : runScript(step, run));
    writeStamp(key, inputs);
  }

  private tellRunning(): void {
    if (this.running.size === 0) return;
    const each = [...this.running].map(([name, began]) => `${name} (${durationText(secondsSince(began))})`);
    this.options.say(`still at ${each.join(', ')}`);
  }
}

async function runScript({ script = '', words }: Step, run: Run): Promise<void> {
  const program = script.endsWith('.sh') ? 'bash' : process.execPath;
  await run(program, [join(packageRoot(), script), ...((await words?.()) ?? [])]);
}

function ofStep({ name }: Step, error: unknown): unknown {
  if (!(error instanceof LatentcvError)) return error;
  return new LatentcvError(error.code, `${name}: ${error.message}`, error.hint);
}
