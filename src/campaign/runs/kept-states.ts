import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { StateWriter } from '../../plumed/index.js';
import { keptFolder } from '../../programs/index.js';

/** How many checkpoints' states are kept: those of the last two, and one that is just being written. */
const keptSets = 3;

/** What is kept beside a run. */
interface Kept {
  states: readonly StateWriter[];
  /** Names of the engine's checkpoints; undefined of an engine that has none. */
  checkpointFiles: RegExp | undefined;
  /** Whether they themselves are kept, too. */
  keepsCheckpoints?: boolean;
}

/**
 * Keeps, with each checkpoint that the engine writes, the states that OPES has just then: PLUMED renames a state before it writes
 * the next, so that a link is enough. The checkpoint itself is linked as well where the engine writes over its own: on a full
 * disk it writes empty ones, one after the other.
 */
export class StateKeeper {
  private readonly watcher;
  private next: number;

  constructor(
    private readonly folder: string,
    private readonly kept: Kept,
  ) {
    const { states, checkpointFiles, keepsCheckpoints } = kept;
    this.next = 1 + Math.max(-1, ...keptSetsIn(folder).map(Number));
    const wanted = checkpointFiles !== undefined && (states.length > 0 || keepsCheckpoints);
    this.watcher = wanted
      ? watch(folder, (_, name) => {
          if (name !== null && checkpointFiles.test(name)) this.keep(name);
        })
      : undefined;
    this.watcher?.on('error', () => undefined);
  }

  close(): void {
    this.watcher?.close();
  }

  private keep(checkpoint: string): void {
    const path = join(this.folder, checkpoint);
    if (!this.isWhole(path)) return;
    const set = join(this.folder, keptFolder, String(this.next++));
    this.kept.states.forEach(({ file }, i) => {
      const from = resolve(this.folder, file);
      linkOrCopy(from, join(set, `${i}`));
      linkOrCopy(lastOf(from), join(set, `${i}-last`));
    });
    if (this.kept.keepsCheckpoints) linkOrCopy(path, join(set, checkpoint));
    for (const old of keptSetsIn(this.folder).slice(keptSets))
      rmSync(join(this.folder, keptFolder, old), { recursive: true, force: true });
  }

  /** Not half-written where a disk was full: those of a run are about as large as each other. */
  private isWhole(path: string): boolean {
    const before = keptSetsIn(this.folder).map((set) =>
      sizeOf(join(this.folder, keptFolder, set, basename(path))),
    );
    return sizeOf(path) > 0.9 * Math.max(0, ...before);
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A state that is gone, or a disk that is full, costs the state and not the run. */
function linkOrCopy(from: string, to: string): void {
  try {
    mkdirSync(dirname(to), { recursive: true });
    linkSync(from, to);
  } catch {
    try {
      copyFileSync(from, to);
    } catch {
      rmSync(to, { force: true });
    }
  }
}

/** The newest first. */
function keptSetsIn(folder: string): string[] {
  try {
    return readdirSync(join(folder, keptFolder)).sort((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
}

/** The name that PLUMED gives a state before it writes the next. */
const lastOf = (path: string): string => join(dirname(path), `bck.last.${basename(path)}`);

/**
 * The state, among those that a run left, that holds exactly what the bias had laid up to a step: written at or after the last
 * multiple of PACE up to it, and not after it. Undefined where there is none.
 * @param stepOf the step of a time in PLUMED's files
 */
export function fittingState(
  folder: string,
  states: readonly StateWriter[],
  index: number,
  { step, stepOf }: { step: number; stepOf: (time: number) => number },
): string | undefined {
  const { file, pace } = states[index];
  const own = resolve(folder, file);
  const kept = keptSetsIn(folder).flatMap((set) =>
    [`${index}`, `${index}-last`].map((name) => join(folder, keptFolder, set, name)),
  );
  const lastLaid = Math.floor(step / pace) * pace;
  return [own, lastOf(own), ...kept].find((path) => {
    const time = timeOfState(path);
    if (time === undefined) return false;
    const written = stepOf(time);
    return written >= lastLaid && written <= step;
  });
}

/** The time at which a state was written; undefined where there is no whole one. */
export function timeOfState(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'latin1');
  if (!text.endsWith('\n')) return undefined;
  const lines = text.split('\n');
  const fields = /^#! FIELDS (.*)$/m.exec(text)?.[1].trim().split(/\s+/);
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const last = rows.at(-1)?.trim().split(/\s+/);
  if (fields === undefined || last?.length !== fields.length) return undefined;
  // OPES_EXPANDED's has the time above its rows
  const time = fields[0] === 'time' ? Number(last[0]) : Number(/^#! SET time (\S+)/m.exec(text)?.[1] ?? NaN);
  return Number.isFinite(time) ? time : undefined;
}
