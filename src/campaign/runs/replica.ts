import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import {
  expectRestartable,
  restarted,
  readPlumedText,
  writtenTables,
  type PlumedInput,
  type WrittenTable,
} from '../../plumed/index.js';
import type { EngineEnd, EngineRun, PlumedRuntime, RunProgress } from '../../programs/index.js';
import { lockFile } from '../../sampling/index.js';
import { LatentcvError, Lock, digits, markOf } from '../../support/index.js';
import { expectRoom, RoomWatch } from './disk-room.js';
import { StateKeeper } from './kept-states.js';
import { endLeftRunning } from './left-running.js';
import { RunInput } from './run-folder-input.js';
import { runNotes, withColumns } from './run-notes.js';
import { RunFolder } from './run-record.js';
import { startingPoint, type StartingPoint } from './starting-point.js';
import { expectWholeTables } from './whole-tables.js';

/** A replica, and what of its run's options it needs. */
export interface Replica {
  run: EngineRun;
  folder: string;
  plumed: PlumedRuntime;
  /** Its PLUMED input; undefined for a plain run. */
  parsed: PlumedInput | undefined;
  inputFolder: string | undefined;
  fromZero: boolean;
  checkpointMinutes: number;
  /** Whether another walker that lives has read what this bias wrote. */
  isRead: (statement: WrittenTable['statement']) => boolean;
  onNote: (line: string) => void;
}

/** A replica that is ready to start: what an earlier start left is brought back to where it goes on. */
export class ReadyReplica {
  private constructor(
    private readonly replica: Replica,
    private readonly lock: Lock,
    private readonly record: RunFolder,
    private readonly input: RunInput | undefined,
    /** Undefined where nothing is left to do. */
    private readonly point: StartingPoint | undefined,
  ) {}

  /**
   * Takes the run's folder.
   * @throws LatentcvError `file-access` where another process has it, and as `startingPoint`
   */
  static async of(replica: Replica): Promise<ReadyReplica> {
    const { folder, parsed, run, fromZero } = replica;
    const record = new RunFolder(folder, [parsed?.text ?? 'no PLUMED', ...run.inputs], includedTexts(parsed));
    await record.make();
    const lock = await Lock.take(resolve(folder, lockFile), `the run in ${folder} is being done`);
    try {
      await record.open();
      const { askToStop } = run;
      if (record.known && !record.finished && !fromZero) run.expectSaid?.(folder);
      await endLeftRunning(record.starts.at(-1)?.process, folder, { onNote: replica.onNote, askToStop });
      if (record.finished && !run.canExtend && !fromZero)
        return new ReadyReplica(replica, lock, record, undefined, undefined);
      await expectRoom(folder);
      const { point, input } = await madeReady(replica, record);
      return new ReadyReplica(replica, lock, record, input, point.done ? undefined : point);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Runs it to its end; returns ns/day where told. */
  async start(onProgress: (progress: RunProgress) => void, signal: AbortSignal): Promise<number | undefined> {
    const { replica, record, input, point } = this;
    return point && (await runFrom(point, replica, { record, input, onProgress, signal }));
  }

  /** Gives the folder back. */
  async release(): Promise<void> {
    await this.lock.release();
  }
}

async function madeReady(
  replica: Replica,
  record: RunFolder,
): Promise<{ point: StartingPoint; input: RunInput | undefined }> {
  const { run, folder, parsed, inputFolder, onNote, isRead } = replica;
  const input =
    parsed && new RunInput(parsed, folder, { inputFolder, restarts: run.checkpointFiles !== undefined });
  if (parsed && !record.known) {
    input?.expectNoOther();
    await expectRestartable(parsed, folder, inputFolder);
    await record.note({ inherited: inheritedBy(parsed, folder) });
  }
  const point = await startingPoint({
    ...{ run, folder, onNote, isRead, input: parsed, known: record.known, fromZero: replica.fromZero },
    states: input?.preparation.states ?? [],
    inherited: record.inherited,
  });
  if (point.done) await endBefore(point, replica, record);
  else {
    for (const note of input?.notes ?? []) onNote(note);
    await input?.write(point.from && point.restart);
  }
  return { point, input };
}

/** A run that had done its last step: killed behind it, or asked for again. */
async function endBefore(
  { from }: StartingPoint,
  { run, folder, parsed, onNote }: Replica,
  record: RunFolder,
): Promise<void> {
  const { timestep } = run;
  const steps = from?.step;
  if (steps !== undefined && run.steps !== undefined && steps > run.steps)
    onNote(`${folder}: the run had come to step ${steps} before, behind the ${run.steps} that are asked for`);
  if (parsed && steps !== undefined && timestep !== undefined)
    await expectWholeTables(parsed, folder, { steps, timestep });
  if (!record.finished) await record.end({ why: 'finished', step: steps });
}

/** Texts of the files that an input includes, each once. */
function includedTexts(parsed: PlumedInput | undefined): string[] {
  const paths = (parsed?.all ?? []).flatMap(({ path }) => (path === undefined ? [] : [path]));
  return [...new Set(paths)].filter((path) => path !== parsed?.path).map((path) => readPlumedText(path));
}

/** Bytes of what the input's own RESTART adds to, which stay whatever becomes of this run. */
function inheritedBy(input: PlumedInput, folder: string): Record<string, number> {
  const goOn = new Set(restarted(input.all));
  const tables = writtenTables(input).filter(({ statement }) => goOn.has(statement));
  return Object.fromEntries(
    tables.flatMap(({ file }) => {
      const path = resolve(folder, file);
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      return size === undefined ? [] : [[path, size] as const];
    }),
  );
}

async function runFrom(
  { from }: StartingPoint,
  replica: Replica,
  {
    record,
    input,
    onProgress,
    ...asked
  }: {
    record: RunFolder;
    input: RunInput | undefined;
    onProgress: (progress: RunProgress) => void;
    signal: AbortSignal;
  },
): Promise<number | undefined> {
  const { run, folder, plumed, parsed, onNote, checkpointMinutes } = replica;
  const notes = runNotes(run.notes, plumed, parsed && input?.textAt(undefined), folder);
  const { steps, timestep } = run;
  await record.note({ notes, length: { steps, timestep } });
  await record.begin(from?.step ?? 0);
  const full = new AbortController();
  const room = new RoomWatch(folder, () => full.abort());
  const { checkpointFiles, keepsCheckpoints } = run;
  const states = input?.preparation.states ?? [];
  const keeper = new StateKeeper(folder, { states, checkpointFiles, keepsCheckpoints });
  const signal = AbortSignal.any([asked.signal, full.signal]);
  const onProcess = (pid: number): void => void record.running(markOf(pid)).catch(() => undefined);
  try {
    const plumedFile = input?.path;
    const end = await run.start({
      ...{ plumed, cwd: folder, plumedFile, from, checkpointMinutes, onProgress, onNote, onProcess, signal },
    });
    const { kineticTemperature } = end;
    await record.note({
      notes: { ...(await withColumns(notes, folder)), ...(kineticTemperature && { kineticTemperature }) },
    });
    expectNotCutShort(end, replica);
    const reached = { steps: end.step ?? steps, timestep };
    if (parsed && reached.steps !== undefined && timestep !== undefined)
      await expectWholeTables(parsed, folder, { steps: reached.steps, timestep });
    await record.end({ why: 'finished', step: reached.steps });
    if (end.step !== undefined && steps !== undefined && end.step < steps)
      onNote(`${folder}: ended by itself after ${end.step} of ${steps} steps`);
    return end.nanosecondsPerDay;
  } catch (error) {
    await room.look();
    await record.end(endInWords(error)).catch(() => undefined);
    throw room.problem ?? (await whereStopped(error, replica));
  } finally {
    keeper.close();
    room.close();
  }
}

/**
 * An engine that ended well before its last step was told to by its own options (mdrun's -maxh), or by COMMITTOR, which is an end.
 * @throws LatentcvError `interrupted`
 */
function expectNotCutShort({ step }: EngineEnd, { run, folder, parsed }: Replica): void {
  if (step === undefined || run.steps === undefined || step >= run.steps) return;
  if (parsed?.all.some(({ action }) => action === 'COMMITTOR')) return;
  throw new LatentcvError(
    'interrupted',
    `the engine in ${folder} ended by itself before its ${run.steps} steps`,
  );
}

function endInWords(error: unknown): { why: 'stopped' | 'failed'; words?: string } {
  if (error instanceof LatentcvError && error.code === 'interrupted') return { why: 'stopped' };
  return { why: 'failed', words: error instanceof Error ? error.message : String(error) };
}

/** A run that was asked to stop says where it goes on. */
async function whereStopped(error: unknown, { run, folder }: Replica): Promise<unknown> {
  if (!(error instanceof LatentcvError) || error.code !== 'interrupted') return error;
  const at = (await run.checkpoints(folder).catch(() => [])).at(0);
  if (at === undefined)
    return new LatentcvError('interrupted', `${error.message}, without a checkpoint: it would start over`);
  const time = run.timestep === undefined ? '' : ` (${digits(at.step * run.timestep, 6)} ps)`;
  return new LatentcvError(
    'interrupted',
    `${error.message}, at step ${at.step}${time}`,
    'the same command goes on from there',
  );
}
