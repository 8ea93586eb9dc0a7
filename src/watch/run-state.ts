import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { lockFile, notesFile } from '../sampling/index.js';
import { groupRuns, lockHolder, type LockHolder } from '../support/index.js';

const start = z.object({
  began: z.string(),
  /** Steps that were done before. */
  step: z.number().catch(0),
  process: z
    .object({ pid: z.number(), began: z.string(), host: z.string(), boot: z.string(), container: z.string() })
    .optional()
    .catch(undefined),
});
const ended = z.object({
  at: z.string(),
  why: z.enum(['finished', 'stopped', 'failed']),
  step: z.number().optional().catch(undefined),
  words: z.string().optional().catch(undefined),
});

/** What is there of it: runs of other versions know less, and one that is being started knows little. */
const record = z.object({
  finished: z.boolean().optional().catch(undefined),
  length: z.object({ steps: z.number(), timestep: z.number().positive() }).optional().catch(undefined),
  starts: z.array(start).optional().catch(undefined),
  ended: ended.optional().catch(undefined),
});

/** `killed`: it left its lock behind, or no word of how it ended. */
export type RunEndWord = 'running' | 'finished' | 'stopped' | 'failed' | 'killed';

/** What a run's folder says of the run itself. */
export interface RunState {
  /** null where nothing tells, as of runs that others started. */
  state: RunEndWord | null;
  /** Why it ended, in words. */
  words?: string;
  /** Who runs it. */
  holder?: LockHolder['process'];
  length?: { steps: number; timestep: number };
  /** The last time that it was started. */
  start?: { began: number; step: number };
  ended?: { at: number; step?: number };
}

/** Reads what a run's folder says of the run: its lock and `run.json`, which is left as it is. */
export async function runState(folder: string): Promise<RunState> {
  // the lock first: a run that ends in between has written how it ended before it let go
  const holder = await lockHolder(join(folder, lockFile));
  const known = await readRecord(folder);
  const last = known?.starts?.at(-1);
  const startedAt = last ? Date.parse(last.began) : NaN;
  const end = known?.ended && endOf(known.ended, startedAt);
  const left =
    !holder?.lives && !end && last?.process && groupRuns(last.process) ? last.process.pid : undefined;
  return {
    state: left === undefined ? stateOf(holder, end?.why, known) : 'running',
    ...(left !== undefined && { words: `the engine runs on alone, as process ${left}` }),
    ...(end?.words !== undefined && { words: end.words }),
    ...(holder?.lives && holder.process && { holder: holder.process }),
    ...(known?.length && { length: known.length }),
    ...(last && !Number.isNaN(startedAt) && { start: { began: startedAt, step: last.step } }),
    ...(end && { ended: { at: end.at, ...(end.step !== undefined && { step: end.step }) } }),
  };
}

type Known = z.infer<typeof record>;

/** The end of an earlier start says nothing of this one. */
function endOf({ at, ...rest }: z.infer<typeof ended>, startedAt: number) {
  const time = Date.parse(at);
  return time < startedAt ? undefined : { ...rest, at: time };
}

function stateOf(
  holder: LockHolder | undefined,
  why: RunEndWord | undefined,
  known: Known | undefined,
): RunEndWord | null {
  if (holder?.lives) return 'running';
  if (why) return why;
  if (known?.finished) return 'finished';
  return holder || known?.starts?.length ? 'killed' : null;
}

async function readRecord(folder: string): Promise<Known | undefined> {
  try {
    return record.parse(JSON.parse(await readFile(join(folder, notesFile), 'utf8')));
  } catch {
    return undefined; // none yet, or none that can be read
  }
}
